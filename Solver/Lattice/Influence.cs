namespace CalciumSweep.Solver.Lattice;

/// <summary>What all fired sites together do at one place and time.</summary>
internal struct Influence
{
    /// <summary>Calcium.</summary>
    public double Value;

    /// <summary>Its rate of change.</summary>
    public double Slope;

    /// <summary>An upper bound of <see cref="Value"/> from now on, if no further site fires.</summary>
    public double Future;
}
