namespace CalciumSweep.Solver.Grid;

/// <summary>Along x, within a mask.</summary>
internal readonly struct MaskedLine : IDirections
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static bool IsMasked => true;
}
