namespace CalciumSweep.Solver.Grid;

/// <summary>Along x and y, within a mask.</summary>
internal readonly struct MaskedSheet : IDirections
{
    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    public static bool IsMasked => true;
}
