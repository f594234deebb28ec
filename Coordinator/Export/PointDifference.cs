using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Export;

/// <summary>One point that two campaigns have, and that did not come to the same.</summary>
/// <param name="Values">Value of each compared parameter [parameters].</param>
/// <param name="A">What it came to in the first campaign.</param>
/// <param name="B">What it came to in the second.</param>
public sealed record PointDifference(IReadOnlyList<double> Values, PointSummary A, PointSummary B)
{
    /// <summary>P(wave) of the second less that of the first; 0 where there is none.</summary>
    public double DeltaPWave => (B.PWave ?? 0) - (A.PWave ?? 0);

    /// <summary>True if the 95 % intervals of P(wave) do not overlap.</summary>
    public bool IsDistinct => A.PWaveInterval.High < B.PWaveInterval.Low || B.PWaveInterval.High < A.PWaveInterval.Low;
}
