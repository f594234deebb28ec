namespace CalciumSweep.Solver.Fields;

/// <summary>No instantaneous buffers.</summary>
internal readonly struct NoRapid : IRapid
{
    /// <inheritdoc/>
    public static bool Is => false;
}
