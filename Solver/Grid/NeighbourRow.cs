namespace CalciumSweep.Solver.Grid;

/// <summary>A neighbouring row: D/dx² towards it, 1/s, its first cell, and the weights of a mask.</summary>
internal readonly unsafe struct NeighbourRow(double per, double* first, double* weight)
{
    /// <summary>D/dx², 1/s.</summary>
    public double Per { get; } = per;

    /// <summary>First cell.</summary>
    public double* First { get; } = first;

    /// <summary>Weights.</summary>
    public double* Weight { get; } = weight;
}
