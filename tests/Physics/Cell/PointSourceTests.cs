using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The steady nanodomain against an independent solution of the full equations, and the closed forms to all digits given.</summary>
public sealed class PointSourceTests
{
    private readonly Model _channel = ScenarioLibrary.Load("point-source");

    public static TheoryData<double, double, double, double, double, double, double, double, double, double> TableD => new()
    {
        { 200, 500, 0.2, 1000, 0.1, 10, 11.5685, 11.5492, 0.109569, 11.5509 },
        { 200, 500, 0.2, 1000, 0.1, 20, 4.08635, 4.07342, 0.104709, 4.07501 },
        { 200, 500, 0.2, 1000, 0.1, 50, 0.635865, 0.631471, 0.101866, 0.632754 },
        { 200, 500, 0.2, 1000, 0.1, 100, 0.144057, 0.142809, 0.10093, 0.143669 },
        { 200, 500, 0.2, 1000, 0.1, 200, 0.101025, 0.100556, 0.100464, 0.101018 },
        { 200, 500, 0.2, 1000, 0.1, 500, 0.100186, 0.1, 0.100186, 0.100185 },
        { 200, 2.5, 0.2, 1000, 0.1, 10, 16.175, 16.1748, 0.109569, 16.1749 },
        { 200, 2.5, 0.2, 1000, 0.1, 20, 7.93278, 7.93253, 0.104709, 7.93265 },
        { 200, 2.5, 0.2, 1000, 0.1, 50, 2.99973, 2.99949, 0.101866, 2.99961 },
        { 200, 2.5, 0.2, 1000, 0.1, 100, 1.37438, 1.37416, 0.10093, 1.37428 },
        { 200, 2.5, 0.2, 1000, 0.1, 200, 0.592297, 0.592108, 0.100464, 0.592223 },
        { 200, 2.5, 0.2, 1000, 0.1, 500, 0.190854, 0.190723, 0.100186, 0.190824 },
        { 75, 100, 1, 250, 0.1, 10, 15.1206, 15.0951, 0.441529, 15.1077 },
        { 75, 100, 1, 250, 0.1, 20, 6.93975, 6.91573, 0.248284, 6.92819 },
        { 75, 100, 1, 250, 0.1, 50, 2.16842, 2.14808, 0.154953, 2.16024 },
        { 75, 100, 1, 250, 0.1, 100, 0.751703, 0.735734, 0.126818, 0.747056 },
        { 75, 100, 1, 250, 0.1, 200, 0.233372, 0.222507, 0.11325, 0.231824 },
        { 75, 100, 1, 250, 0.1, 500, 0.107976, 0.102805, 0.105263, 0.107895 },
        { 75, 500, 10, 250, 1, 10, 139.399, 132.147, 97.7553, 134.397 },
        { 75, 500, 10, 250, 1, 20, 59.0962, 52.9531, 28.0366, 55.1565 },
        { 75, 500, 10, 250, 1, 50, 14.8836, 10.9453, 5.92597, 12.9225 },
        { 75, 500, 10, 250, 1, 100, 4.098, 1.88265, 2.47209, 3.43034 },
        { 75, 500, 10, 250, 1, 200, 1.27418, 0.196326, 1.17918, 1.15074 },
        { 75, 500, 10, 250, 1, 500, 0.509282, 0.100049, 0.509003, 0.495011 },
    };

    /// <summary>Six digits are given: half a unit of the last is at most 5e-6.</summary>
    [Theory]
    [MemberData(nameof(TableD))]
    public void Full_solution_and_closed_forms_are_those_of_the_reference(
        double diffusion, double on, double k, double total, double current, double nanometres,
        double full, double excess, double rapid, double linear)
    {
        double[] actual = _channel.All(
            ("buffer.diffusion", diffusion), ("buffer.kon", on), ("buffer.k", k), ("buffer.total", total), ("current", current), ("distance", nanometres * 1e-3));
        Assert.InRange(actual[0] / full, 1 - 1e-5, 1 + 1e-5);
        Assert.InRange(actual[2] / excess, 1 - 5e-6, 1 + 5e-6);
        Assert.InRange(actual[3] / rapid, 1 - 5e-6, 1 + 5e-6);
        Assert.InRange(actual[4] / linear, 1 - 5e-6, 1 + 5e-6);
    }

    [Fact]
    public void A_source_in_a_plane_is_one_of_twice_the_current()
    {
        double[] plane = _channel.All(("plane", 1), ("current", 0.3)), twice = _channel.All(("current", 0.6));
        Assert.Equal(twice, plane);
    }

    /// <summary>−4πr²D c′ falls from σ̇ by what is bound on the way, and D c − D_b b = σ̇/4πr + its value far away.</summary>
    [Fact]
    public void What_flows_out_is_what_is_not_yet_bound()
    {
        const double d = 250, buffer = 200, source = 518.21348, ratio = 1.02;
        var points = Enumerable.Range(0, 200).Select(i => 0.002 * Math.Pow(ratio, i)).Select(r =>
        {
            double[] at = _channel.All(("distance", r));
            return (R: r, C: at[0], B: at[1]);
        }).ToArray();
        double far = (d * 0.1) - (buffer * 0.2 * 1000 / 0.3);
        double bound = 0;
        double Flux(int i) => -4 * Math.PI * points[i].R * d * (points[i + 1].C - points[i - 1].C) / (2 * Math.Log(ratio));
        double Bound(int i) => 4 * Math.PI * Math.Pow(points[i].R, 3) * 500 * ((points[i].C * points[i].B) - (0.2 * (1000 - points[i].B)));
        for (int i = 2; i < points.Length - 1; i++)
        {
            var (r, c, b) = points[i];
            Assert.InRange(((d * c) - (buffer * b) - far) / (source / (4 * Math.PI * r)), 1 - 1e-6, 1 + 1e-6);
            bound += 0.5 * Math.Log(ratio) * (Bound(i) + Bound(i - 1));

            // Trapezoid and central difference in ln r: (ln ratio)²·(r/λ)²/6 of each, below 1e-3 to r = 4 λ.
            Assert.InRange((Flux(1) - Flux(i)) / source, (bound / source) - 1e-3, (bound / source) + 1e-3);
        }
    }

    [Fact]
    public void Limits_are_exact()
    {
        double free = 0.1 + (518.21348 / (4 * Math.PI * 250 * 0.02));
        Assert.InRange(_channel.Value("calcium", ("buffer.total", 0)) / free, 1 - 1e-12, 1 + 1e-12);
        Assert.InRange(_channel.Value("calcium", ("buffer.diffusion", 0)) / free, 1 - 1e-12, 1 + 1e-12);
        Assert.Equal(0.1, _channel.Value("calcium", ("current", 0)));

        // A buffer that hardly moves cannot carry anything away.
        Assert.InRange(_channel.Value("calcium", ("buffer.diffusion", 1e-4), ("buffer.total", 100)) / free, 0.999, 1);
    }

    /// <summary>Regimes: excess near the channel in much fast buffer, rapid far away; and the whole box converges.</summary>
    [Fact]
    public void Every_corner_of_the_box_has_a_solution_between_zero_and_the_free_one()
    {
        var random = new System.Random(1);
        for (int point = 0; point < 300; point++)
        {
            (string, double)[] set = [.. _channel.Parameters.Where(p => !p.IsInteger).Select(p =>
            {
                double low = Math.Max(p.Min, p.Max * 1e-6);
                return (p.Name, point < 100 ? (random.Next(2) == 0 ? p.Min : p.Max) : low * Math.Pow(p.Max / low, random.NextDouble()));
            })];
            double[] actual = [.. Runs.Of(_channel, 1, 1, set)[0].Observables];
            double Of(string name) => set.First(s => s.Item1 == name).Item2;
            double free = Of("rest.cytosolic") + (Of("current") * 5182.1348 / (4 * Math.PI * Of("diffusion") * Of("distance")));
            Assert.True(
                actual[0] >= Of("rest.cytosolic") * (1 - 1e-9) && actual[0] <= free * (1 + 1e-9),
                $"{actual[0]} of {free}: {string.Join(' ', set)}");
        }
    }
}
