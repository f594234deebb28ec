namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Sources in single cells (release sites, a pipette) with states of their own, advanced together with the fields by the
/// same stages. What a source is after each stage is kept apart: <see cref="Slot"/>.
/// </summary>
internal abstract class RowSources
{
    /// <summary>Values kept of a source: the step's start and the latest stages.</summary>
    public const int Slots = 13;

    /// <summary>Where the value after a stage is kept; stage 0 is the step's start.</summary>
    public static int Slot(int stage) => stage == 0 ? 0 : 1 + ((stage - 1) % (Slots - 1));

    /// <summary>Largest rate of the sources at the state of the step's start, 1/s.</summary>
    public virtual double Radius => 0;

    /// <summary>
    /// Called for a row after the fields' part of a stage: adds the sources' part, and advances their own states. Of a
    /// sweep through all stages several threads may do the same row, with the same bits.
    /// </summary>
    /// <param name="row">Row.</param>
    /// <param name="stage">Number of the stage, from 1.</param>
    /// <param name="last">The fields at the stage before.</param>
    /// <param name="to">The fields at this stage.</param>
    /// <param name="weights">The stage.</param>
    public abstract void Advance(int row, int stage, PlaneSet last, PlaneSet to, in RkcWeights weights);

    /// <summary>Before the error of a row is judged: adds the sources' rates at start and end to the fields' first rates.</summary>
    public abstract void Lend(int row, int stage, PlaneSet last, PlaneSet rate, double h);

    /// <summary>Takes back what <see cref="Lend"/> added, bit for bit.</summary>
    public abstract void TakeBack(int row, PlaneSet rate);

    /// <summary>Largest error over tolerance and smallest value of the sources' own states.</summary>
    public virtual (double Error, double Lowest) Found() => (0, double.MaxValue);

    /// <summary>Takes the states after a stage over.</summary>
    public virtual void Commit(int stage)
    {
    }
}
