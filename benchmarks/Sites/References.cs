namespace CalciumSweep.Benchmarks.Sites;

/// <summary>What the independent program of docs/site-line.md found.</summary>
internal static class References
{
    /// <summary>§5.4 (n = 2,000 each), and the fast corner of §5.6.</summary>
    public static IReadOnlyList<ReferencePoint> Points { get; } =
    [
        new("d 2", new(1, 0), new(86.75, 0.10), new(35.93, 0.02), new(67.93, 0.10), [("sites.spacing", 2)]),
        new("d 1", new(1, 0), new(205.50, 0.11), new(17.99, 0.01), new(167.10, 0.15), [("sites.spacing", 1)]),
        new("d 0.6", new(1, 0), new(316.76, 0.20), new(10.80, 0.005), new(243.81, 0.16), [("sites.spacing", 0.6)]),
        new("d 0.5, gain 4", new(1, 0), new(658.1, 1.3), new(9, 0.01), new(double.NaN, 0), [("sites.spacing", 0.5), ("release.gain", 4)]),
        new("d 2.55", new(0.8675, 0.0076), new(43.76, 0.14), new(40.02, 0.33), new(35.14, 0.22), [("sites.spacing", 2.55)]),
        new("d 2.7", new(0.4985, 0.0112), new(33.18, 0.20), new(26.29, 0.50), new(26.19, 0.30), [("sites.spacing", 2.7)]),
        new("d 2.85", new(0.0715, 0.0058), new(24.85, 0.48), new(8.43, 0.32), new(17.04, 0.30), [("sites.spacing", 2.85)]),
        new("d 3.5", new(0, 0), new(double.NaN, 0), new(0.48, 0.03), new(3.29, 0.16), [("sites.spacing", 3.5)]),
        new("gain 0.25, d 1.1", new(0.6190, 0.0109), new(39.89, 0.21), new(12.86, 0.20), new(12.91, 0.17), [("sites.spacing", 1.1), ("release.gain", 0.25)]),
        new("gain 0.5, d 1.85", new(0.6675, 0.0105), new(34.35, 0.20), new(23.29, 0.32), new(21.28, 0.21), [("sites.spacing", 1.85), ("release.gain", 0.5)]),
        new("gain 2, d 3.3", new(0.5250, 0.0112), new(41.73, 0.16), new(32.70, 0.64), new(38.57, 0.54), [("sites.spacing", 3.3), ("release.gain", 2)]),
        new("gain 4, d 3.7", new(0.4350, 0.0111), new(46.47, 0.14), new(30.25, 0.72), new(43.69, 0.81), [("sites.spacing", 3.7), ("release.gain", 4)]),
        new("S 150, d 2", new(0.5010, 0.0112), new(22.92, 0.08), new(18.41, 0.39), new(17.13, 0.27), [("sites.spacing", 2), ("buffer.stationary.total", 150)]),
        new("S 0, d 3.4", new(0.9255, 0.0059), new(85.65, 0.23), new(58.63, 0.22), new(49.50, 0.07), [("sites.spacing", 3.4), ("buffer.stationary.total", 0)]),
        new("M 150, d 1.75", new(0.5570, 0.0111), new(45.67, 0.12), new(17.73, 0.34), new(20.55, 0.35), [("sites.spacing", 1.75), ("buffer.mobile.total", 150)]),
        new("M 0, d 3.35", new(0.7175, 0.0101), new(51.14, 0.23), new(50.96, 0.38), new(47.34, 0.08), [("sites.spacing", 3.35), ("buffer.mobile.total", 0)]),
    ];

    /// <summary>§5.5: the spacing at which P(wave) is one half, and from P = 0.9 to 0.1, µm.</summary>
    public static IReadOnlyList<ReferenceBoundary> Boundaries { get; } =
    [
        new("gain 0.25", new(1.117, 0.004), 0.19, [("release.gain", 0.25)]),
        new("gain 1", new(2.692, 0.005), 0.29, []),
        new("gain 4", new(3.668, 0.008), 0.38, [("release.gain", 4)]),
        new("S 0", new(3.577, 0.005), 0.30, [("buffer.stationary.total", 0)]),
        new("S 120", new(2.200, 0.007), 0.4, [("buffer.stationary.total", 120)]),
        new("S 200", new(1.771, 0.008), 0.4, [("buffer.stationary.total", 200)]),
        new("M 0", new(3.395, 0.008), 0.22, [("buffer.mobile.total", 0)]),
        new("M 100", new(2.191, 0.008), 0.48, [("buffer.mobile.total", 100)]),
        new("M 200", new(1.453, 0.010), 0.6, [("buffer.mobile.total", 200)]),
    ];
}
