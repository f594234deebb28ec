namespace CalciumSweep.Solver.Grid;

/// <summary>Nothing diffuses.</summary>
internal readonly struct Still : IDirections
{
    /// <inheritdoc/>
    public static int Count => 0;

    /// <inheritdoc/>
    public static bool IsMasked => false;
}
