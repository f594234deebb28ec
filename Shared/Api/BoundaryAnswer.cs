namespace CalciumSweep.Shared.Api;

/// <summary>Where P(wave) is one half on a map, as line segments [x1, y1, x2, y2] in cells from the centre of the first one.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Middle">Where P(wave) is one half.</param>
/// <param name="Inner">Where the lower end of its 95 % interval is one half: surely more waves beyond.</param>
/// <param name="Outer">Where the upper end is one half: surely fewer waves beyond.</param>
public sealed record BoundaryAnswer(
    string Campaign, IReadOnlyList<double[]> Middle, IReadOnlyList<double[]> Inner, IReadOnlyList<double[]> Outer);
