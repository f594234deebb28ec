namespace CalciumSweep.Solver.Cable;

/// <summary>A simulator that counts what it does.</summary>
internal interface IWorkReport
{
    /// <summary>The counts so far.</summary>
    CableWork Work { get; }
}
