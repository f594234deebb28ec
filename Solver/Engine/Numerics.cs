namespace CalciumSweep.Solver.Engine;

/// <summary>What identifies the arithmetic behind a result.</summary>
public static class Numerics
{
    /// <summary>Raised only when a change alters a bit of some result; part of every spec's identity.</summary>
    public const int Version = 3;
}
