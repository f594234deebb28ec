namespace CalciumSweep.Solver.Grid;

/// <summary>Along x and y.</summary>
internal readonly struct Sheet : IDirections
{
    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    public static bool IsMasked => false;
}
