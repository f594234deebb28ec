namespace CalciumSweep.Solver.Fluxes;

/// <summary>For steps that are implicit in the pool a flow goes into.</summary>
public readonly struct IntoSlopes : ISlopes
{
    /// <inheritdoc/>
    public static bool Into => true;

    /// <inheritdoc/>
    public static bool From => false;
}
