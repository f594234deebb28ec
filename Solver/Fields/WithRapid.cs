namespace CalciumSweep.Solver.Fields;

/// <summary>Instantaneous buffers.</summary>
internal readonly struct WithRapid : IRapid
{
    /// <inheritdoc/>
    public static bool Is => true;
}
