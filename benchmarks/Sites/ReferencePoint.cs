namespace CalciumSweep.Benchmarks.Sites;

/// <summary>What the reference found at a point of the line.</summary>
internal sealed record ReferencePoint(
    string Name, Estimate Wave, Estimate Speed, Estimate Reach, Estimate Peak, (string Name, double Value)[] Set);
