namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Sources in single cells (release sites, a pipette) with states of their own, advanced together with the fields by the
/// same stages. Each source is handled by the thread that owns its row. Value sets are numbered like the stepper's
/// planes: 0 the step's start, 1 and 2 stages.
/// </summary>
internal abstract class RowSources
{
    /// <summary>Largest rate of the sources at the state of the step's start, 1/s.</summary>
    public virtual double Radius => 0;

    /// <summary>
    /// Called for a row after the fields' part of a stage: adds the sources' part, and advances their own states.
    /// </summary>
    /// <param name="row">Row.</param>
    /// <param name="sets">The fields' value sets.</param>
    /// <param name="start">Set of the step's start.</param>
    /// <param name="last">Set of the latest stage.</param>
    /// <param name="before">Set of the stage before.</param>
    /// <param name="to">Set of this stage.</param>
    /// <param name="weights">The stage.</param>
    public abstract void Advance(int row, PlaneSet[] sets, int start, int last, int before, int to, in RkcWeights weights);

    /// <summary>Before the error of a row is judged: adds the sources' rates at start and end to the fields' first rates.</summary>
    public abstract void Lend(int row, PlaneSet[] sets, int last, PlaneSet rate, double h);

    /// <summary>Takes back what <see cref="Lend"/> added, bit for bit.</summary>
    public abstract void TakeBack(int row, PlaneSet rate);

    /// <summary>Largest error over tolerance and smallest value of the sources' own states.</summary>
    public virtual (double Error, double Lowest) Found() => (0, double.MaxValue);

    /// <summary>Takes the states of a set over.</summary>
    public virtual void Commit(int last)
    {
    }
}
