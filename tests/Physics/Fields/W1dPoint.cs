using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Fields;

/// <summary>Random parameter points around w1d: every parameter times 2^u, u uniform in ±1; reproducible.</summary>
internal static class W1dPoint
{
    private static readonly string[] _names =
        ["Dc", "D2", "De", "B1t", "k1", "K1", "B2t", "k2", "K2", "g", "Cp", "Lp", "v1", "a2", "I", "Vs", "Ks", "E0"];

    /// <summary>The first <paramref name="count"/> points that have a rest, and one that does not ignite from rounding.</summary>
    public static List<double[]> Draw(Model model, int count, int seed) => Draw(model, count, seed, out _, out _);

    /// <summary>The same, with the points left out on the way: those without a rest, and those whose rest grows from rounding.</summary>
    public static List<double[]> Draw(Model model, int count, int seed, out int restless, out List<double[]> growing)
    {
        (restless, growing) = (0, []);
        var random = new System.Random(seed);
        var points = new List<double[]>();
        while (points.Count < count)
        {
            double[] v = model.Defaults();
            foreach (string name in _names)
            {
                v[model.IndexOf(name)] *= Math.Pow(2, (2 * random.NextDouble()) - 1);
            }

            double growth = Growth(n => v[model.IndexOf(n)]);
            restless += double.IsInfinity(growth) ? 1 : 0;
            (growth < MostGrowth ? points : double.IsInfinity(growth) ? [] : growing).Add(v);
        }

        return points;
    }

    // A rest that grows by e^25 in the second simulated turns rounding (1e-16 of 500 µM) into a wave of its own: no tolerance decides such a point.
    private const double MostGrowth = 20;

    /// <summary>Fastest growth of calcium at rest with buffers in equilibrium, 1/s (a bound: buffers slow it); infinite without a rest.</summary>
    private static double Growth(Func<string, double> p)
    {
        double c = p("C0"), e = p("E0"), i = p("I"), q2 = p("d2") * (i + p("d1")) / (i + p("d3"));
        double mi = i / (i + p("d1")), m = mi * c / (c + p("d5")), h = q2 / (q2 + c), pump = p("Vs") * c * c / ((p("Ks") * p("Ks")) + (c * c));
        double open = p("g") * p("v1") * Math.Pow(m * h, 3), leak = (pump / (e - c)) - open;
        if (leak < 0)
        {
            return double.PositiveInfinity;
        }

        double slope = (3 * open * p("d5") / (c * (c + p("d5"))) * (e - c)) - open - leak
            - (2 * p("Vs") * p("Ks") * p("Ks") * c / Math.Pow((p("Ks") * p("Ks")) + (c * c), 2));
        double k1 = p("B1t") * p("K1") / Math.Pow(p("K1") + c, 2), k2 = p("B2t") * p("K2") / Math.Pow(p("K2") + c, 2);
        return slope / (1 + k1 + k2);
    }
}
