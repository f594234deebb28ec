namespace CalciumSweep.Solver.Grid;

/// <summary>Along x, y and z.</summary>
internal readonly struct Box : IDirections
{
    /// <inheritdoc/>
    public static int Count => 3;

    /// <inheritdoc/>
    public static bool IsMasked => false;
}
