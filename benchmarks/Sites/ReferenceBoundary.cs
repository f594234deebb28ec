namespace CalciumSweep.Benchmarks.Sites;

/// <summary>Where the reference found P(wave) = ½ in spacing, µm, and over what width it falls from 0.9 to 0.1.</summary>
internal sealed record ReferenceBoundary(string Name, Estimate At, double Width, (string Name, double Value)[] Set);
