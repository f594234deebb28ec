namespace CalciumSweep.Solver.Grid;

/// <summary>Along x.</summary>
internal readonly struct Line : IDirections
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static bool IsMasked => false;
}
