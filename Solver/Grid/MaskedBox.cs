namespace CalciumSweep.Solver.Grid;

/// <summary>Along x, y and z, within a mask.</summary>
internal readonly struct MaskedBox : IDirections
{
    /// <inheritdoc/>
    public static int Count => 3;

    /// <inheritdoc/>
    public static bool IsMasked => true;
}
