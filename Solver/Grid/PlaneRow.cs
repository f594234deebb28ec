namespace CalciumSweep.Solver.Grid;

/// <summary>One row of one state for a kernel: where it reads and writes (element 0 is the first cell), and its constants.</summary>
internal unsafe struct PlaneRow
{
    /// <summary>What diffuses: this row and its neighbours along y and z.</summary>
    public double* U, Up, Down, Front, Back;

    /// <summary>Weights of a mask: 1 where calcium can come from, else 0; the same rows. Not read without a mask.</summary>
    public double* W, WUp, WDown, WFront, WBack;

    /// <summary>1 in cells of the domain, else 0: outside a mask nothing changes, and padding does not count in the error.</summary>
    public double* Inside;

    /// <summary>Of a pool: free concentration, µM; a flow into it, µM/s, and what it counts with.</summary>
    public double* Free, Flow;

    /// <inheritdoc cref="Free"/>
    public double PerFlow;

    /// <summary>Of a buffer: binding, 1/(µM s), unbinding, 1/s, total, µM.</summary>
    public double On, Off, Total;

    /// <summary>Absolute tolerance of the state, µM.</summary>
    public double Absolute;

    /// <summary>Result, state at the step's start, latest stage, the stage before, rate at the step's start.</summary>
    public double* Out, Start, Last, Before, Rate;

    /// <summary>D/dx² towards each neighbour, 1/s; twice that towards a clamped face, which is half a cell away.</summary>
    public double X, ToUp, ToDown, ToFront, ToBack;

    /// <summary>Multiplies the whole rate: the free share of a pool, 0 if it is held.</summary>
    public double Scale;

    /// <summary>Doubles from a row below to the one that is read next, if planes are large; else 0.</summary>
    public int Ahead;

    /// <summary>True if the result goes past the caches.</summary>
    public bool IsStreamed;
}
