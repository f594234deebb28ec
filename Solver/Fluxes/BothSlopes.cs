namespace CalciumSweep.Solver.Fluxes;

/// <summary>For steps that are implicit in both pools of a flow.</summary>
public readonly struct BothSlopes : ISlopes
{
    /// <inheritdoc/>
    public static bool Into => true;

    /// <inheritdoc/>
    public static bool From => true;
}
