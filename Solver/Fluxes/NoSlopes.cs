namespace CalciumSweep.Solver.Fluxes;

/// <summary>For explicit steps: flows only.</summary>
public readonly struct NoSlopes : ISlopes
{
    /// <inheritdoc/>
    public static bool Into => false;

    /// <inheritdoc/>
    public static bool From => false;
}
