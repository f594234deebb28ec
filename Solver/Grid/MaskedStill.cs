namespace CalciumSweep.Solver.Grid;

/// <summary>Nothing diffuses, within a mask.</summary>
internal readonly struct MaskedStill : IDirections
{
    /// <inheritdoc/>
    public static int Count => 0;

    /// <inheritdoc/>
    public static bool IsMasked => true;
}
