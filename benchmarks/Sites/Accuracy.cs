using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>The line against the reference numbers of docs/site-line.md §5.4 and §5.5.</summary>
internal static class Accuracy
{
    private static readonly (string Name, double P, double PSe, double V, double VSe, double Reach, double ReachSe, double Peak, double PeakSe, (string, double)[] Set)[] _points =
    [
        ("d 2", 1, 0, 86.75, 0.10, 35.93, 0.02, 67.93, 0.10, [("sites.spacing", 2)]),
        ("d 1", 1, 0, 205.50, 0.11, 17.99, 0.01, 167.10, 0.15, [("sites.spacing", 1)]),
        ("d 0.6", 1, 0, 316.76, 0.20, 10.80, 0.005, 243.81, 0.16, [("sites.spacing", 0.6)]),
        ("d .5 gain 4", 1, 0, 658.1, 1.3, 9, 0.01, double.NaN, 0, [("sites.spacing", 0.5), ("release.gain", 4)]),
        ("d 2.55", 0.8675, 0.0076, 43.76, 0.14, 40.02, 0.33, 35.14, 0.22, [("sites.spacing", 2.55)]),
        ("d 2.7", 0.4985, 0.0112, 33.18, 0.20, 26.29, 0.50, 26.19, 0.30, [("sites.spacing", 2.7)]),
        ("d 2.85", 0.0715, 0.0058, 24.85, 0.48, 8.43, 0.32, 17.04, 0.30, [("sites.spacing", 2.85)]),
        ("d 3.5", 0, 0, double.NaN, 0, 0.48, 0.03, 3.29, 0.16, [("sites.spacing", 3.5)]),
        ("gain .25 d 1.1", 0.6190, 0.0109, 39.89, 0.21, 12.86, 0.20, 12.91, 0.17, [("sites.spacing", 1.1), ("release.gain", 0.25)]),
        ("gain .5 d 1.85", 0.6675, 0.0105, 34.35, 0.20, 23.29, 0.32, 21.28, 0.21, [("sites.spacing", 1.85), ("release.gain", 0.5)]),
        ("gain 2 d 3.3", 0.5250, 0.0112, 41.73, 0.16, 32.70, 0.64, 38.57, 0.54, [("sites.spacing", 3.3), ("release.gain", 2)]),
        ("gain 4 d 3.7", 0.4350, 0.0111, 46.47, 0.14, 30.25, 0.72, 43.69, 0.81, [("sites.spacing", 3.7), ("release.gain", 4)]),
        ("S 150 d 2", 0.5010, 0.0112, 22.92, 0.08, 18.41, 0.39, 17.13, 0.27, [("sites.spacing", 2), ("buffer.stationary.total", 150)]),
        ("S 0 d 3.4", 0.9255, 0.0059, 85.65, 0.23, 58.63, 0.22, 49.50, 0.07, [("sites.spacing", 3.4), ("buffer.stationary.total", 0)]),
        ("M 150 d 1.75", 0.5570, 0.0111, 45.67, 0.12, 17.73, 0.34, 20.55, 0.35, [("sites.spacing", 1.75), ("buffer.mobile.total", 150)]),
        ("M 0 d 3.35", 0.7175, 0.0101, 51.14, 0.23, 50.96, 0.38, 47.34, 0.08, [("sites.spacing", 3.35), ("buffer.mobile.total", 0)]),
    ];

    private static readonly (string Name, double At, double Se, double Width, (string, double)[] Set)[] _boundaries =
    [
        ("gain 0.25", 1.117, 0.004, 0.19, [("release.gain", 0.25)]),
        ("gain 1", 2.692, 0.005, 0.29, []),
        ("gain 4", 3.668, 0.008, 0.38, [("release.gain", 4)]),
        ("S 0", 3.577, 0.005, 0.30, [("buffer.stationary.total", 0)]),
        ("S 120", 2.200, 0.007, 0.4, [("buffer.stationary.total", 120)]),
        ("S 200", 1.771, 0.008, 0.4, [("buffer.stationary.total", 200)]),
        ("M 0", 3.395, 0.008, 0.22, [("buffer.mobile.total", 0)]),
        ("M 100", 2.191, 0.008, 0.48, [("buffer.mobile.total", 100)]),
        ("M 200", 1.453, 0.010, 0.6, [("buffer.mobile.total", 200)]),
    ];

    public static void Points(Model model, int n, double dx, ulong seed = 1, int from = 0, int count = 99)
    {
        var _points = Accuracy._points[from..Math.Min(from + count, Accuracy._points.Length)];
        var feed = new SharedFeed(model);
        int[] first = [.. _points.Select(p => feed.Add(n, seed, [.. p.Set, ("mesh.dx", dx)]))];
        long t = System.Diagnostics.Stopwatch.GetTimestamp();
        feed.Run(1, 8);
        Console.WriteLine($"{feed.Count} sims in {System.Diagnostics.Stopwatch.GetElapsedTime(t).TotalSeconds:f1} s; steps/sim {feed.Results.Average(r => r.Steps):f0}; failed {feed.Results.Count(r => r.Outcome == Outcome.Failed)}");
        foreach (string? reason in feed.Results.Where(r => r.Outcome == Outcome.Failed).Select(r => r.Reason).Take(3))
        {
            Console.WriteLine(reason);
        }

        int drift = IndexOf(model, "calciumDrift");
        Console.WriteLine($"largest drift {feed.Results.Max(r => Math.Abs(r.Observables[drift])):g2}");
        Console.WriteLine("point            P     (ref)   z   use | speed  (ref)   %    use | reach (ref)  use | peak (ref)  %  use | undecided");
        for (int i = 0; i < _points.Length; i++)
        {
            var p = _points[i];
            var runs = feed.Results.GetRange(first[i], n);
            double wave = runs.Count(r => r.Outcome == Outcome.Wave) / (double)n;
            double se = Math.Sqrt(Math.Max(wave * (1 - wave), 0.5 / n) / n), both = Math.Sqrt((se * se) + (p.PSe * p.PSe));
            Console.Write($"{p.Name,-15} {wave:f4} {p.P:f4} {(wave - p.P) / both,5:f1} {Math.Abs(wave - p.P) / ((4 * both) + 0.015),4:f2}");
            Column(runs, IndexOf(model, "waveSpeed"), p.V, p.VSe);
            Column(runs, IndexOf(model, "reach"), p.Reach, p.ReachSe);
            Column(runs, IndexOf(model, "peakCytosolic"), p.Peak, p.PeakSe);
            Console.WriteLine($" | {runs.Count(r => r.Outcome == Outcome.Undecided)}");
        }
    }

    public static void Boundaries(Model model, int n, double dx, ulong seed = 1)
    {
        var feed = new SharedFeed(model);
        var at = new List<(int First, double Spacing)[]>();
        foreach (var b in _boundaries)
        {
            at.Add([.. Enumerable.Range(-2, 5).Select(i =>
            {
                double d = b.At + (i * 0.25 * b.Width);
                return (feed.Add(n, seed, [.. b.Set, ("sites.spacing", d), ("mesh.dx", dx)]), d);
            })]);
        }

        long t = System.Diagnostics.Stopwatch.GetTimestamp();
        feed.Run(2, 8);
        Console.WriteLine($"{feed.Count} sims in {System.Diagnostics.Stopwatch.GetElapsedTime(t).TotalSeconds:f1} s");
        for (int i = 0; i < _boundaries.Length; i++)
        {
            var b = _boundaries[i];
            (double X, double Wins)[] data = [.. at[i].Select(s => (s.Spacing - b.At,
                (double)feed.Results.GetRange(s.First, n).Count(r => r.Outcome == Outcome.Wave)))];
            var (shift, se) = Logit(data, n);
            Console.WriteLine($"{b.Name,-10} {b.At + shift:f3} ± {se:f3} (ref {b.At:f3} ± {b.Se:f3}) off {shift:f3}  z {shift / Math.Sqrt((se * se) + (b.Se * b.Se)):f1}  P: {string.Join(" ", data.Select(d => (d.Wins / n).ToString("f3")))}");
        }
    }

    /// <summary>Where a quadratic-logit fit crosses one half, and its standard error.</summary>
    private static (double At, double Se) Logit((double X, double Wins)[] data, int n)
    {
        double scale = data.Max(d => Math.Abs(d.X));
        double[] beta = [0, -1, 0];
        double[,] inverse = new double[3, 3];
        for (int iteration = 0; iteration < 50; iteration++)
        {
            double[] g = new double[3];
            double[,] h = new double[3, 3];
            foreach (var (x0, wins) in data)
            {
                double[] x = [1, x0 / scale, x0 / scale * (x0 / scale)];
                double eta = (beta[0] * x[0]) + (beta[1] * x[1]) + (beta[2] * x[2]), p = 1 / (1 + Math.Exp(-eta)), w = n * p * (1 - p);
                for (int i = 0; i < 3; i++)
                {
                    g[i] += x[i] * (wins - (n * p));
                    for (int j = 0; j < 3; j++)
                    {
                        h[i, j] += w * x[i] * x[j];
                    }
                }
            }

            inverse = Invert(h);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    beta[i] += inverse[i, j] * g[j];
                }
            }
        }

        // beta0 + beta1 x + beta2 x² = 0, the root near 0.
        double root = 0;
        for (int i = 0; i < 50; i++)
        {
            root -= (beta[0] + (beta[1] * root) + (beta[2] * root * root)) / (beta[1] + (2 * beta[2] * root));
        }

        double slope = beta[1] + (2 * beta[2] * root);
        double[] d = [1, root, root * root];
        double variance = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                variance += d[i] * inverse[i, j] * d[j];
            }
        }

        return (root * scale, Math.Sqrt(variance) / Math.Abs(slope) * scale);
    }

    private static double[,] Invert(double[,] m)
    {
        double a = m[0, 0], b = m[0, 1], c = m[0, 2], d = m[1, 1], e = m[1, 2], f = m[2, 2];
        double det = (a * ((d * f) - (e * e))) - (b * ((b * f) - (c * e))) + (c * ((b * e) - (c * d)));
        return new[,]
        {
            { ((d * f) - (e * e)) / det, ((c * e) - (b * f)) / det, ((b * e) - (c * d)) / det },
            { ((c * e) - (b * f)) / det, ((a * f) - (c * c)) / det, ((b * c) - (a * e)) / det },
            { ((b * e) - (c * d)) / det, ((b * c) - (a * e)) / det, ((a * d) - (b * b)) / det },
        };
    }

    private static int IndexOf(Model model, string name) => model.Observables.ToList().FindIndex(o => o.Name == name);

    private static void Column(List<SimulationResult> runs, int index, double expected, double expectedSe)
    {
        double[] x = [.. runs.Select(r => r.Observables[index]).Where(v => !double.IsNaN(v))];
        if (double.IsNaN(expected) || x.Length < 3)
        {
            Console.Write(" |                           ");
            return;
        }

        double mean = x.Average(), se = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1.0) / x.Length);
        double both = Math.Sqrt((se * se) + (expectedSe * expectedSe));
        Console.Write($" | {mean,6:f2} ±{se:f2} {expected,6:f2} {100 * ((mean / expected) - 1),5:f1}% z{(mean - expected) / both,5:f1} {Math.Abs(mean - expected) / ((4 * both) + (0.01 * expected)),4:f2}");
    }
}
