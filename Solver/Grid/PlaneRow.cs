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

    /// <summary>Rate beside diffusion, µM/s.</summary>
    public double* Extra;

    /// <summary>Result, state at the step's start, latest stage, the stage before, rate at the step's start.</summary>
    public double* Out, Start, Last, Before, Rate;

    /// <summary>D/dx² towards each neighbour, 1/s; twice that towards a clamped face, which is half a cell away.</summary>
    public double X, ToUp, ToDown, ToFront, ToBack;

    /// <summary>Multiplies the whole rate: the free share of a pool, 0 if it is held.</summary>
    public double Scale;

    /// <summary>Doubles to the next row.</summary>
    public int Ahead;
}
