using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Vesicles with drawn channels and sensors, against a linear solve of the joint chain, and in the terminal.</summary>
public sealed class VesiclesTests
{
    private const double Rest = -70, Step = 0, Start = 2e-3, End = 3e-3, Stop = 6e-3, Cytosol = 0.05;

    // The terminal with its voltage clamped: a step of 1 ms.
    private const string Clamped = """
        scenario: clamped-terminal
        geometry: { use: compartment }
        pools:
          cytosol: { use: clamped, calcium: cytosol.calcium }
          outside: { use: clamped }
          voltage: { use: clamped, substance: voltage }
          local: { use: mixed, settle: true }
          released: { use: mixed, substance: share }
          current: { use: clamped, substance: current }
          primed: { use: clamped, substance: share, concentration: primed.share }
        sites: { use: vesicles, count: vesicles.simulated }
        mechanisms:
          vgcc: { use: vgcc.calyx }
          sensor: { use: sensor.lou, cytosol: local }
        stimuli:
          stimulus: { use: train, pool: current }
          clamp: { use: step, pool: voltage }
        outcome: { use: synapse }
        parameters:
          cytosol.calcium: { default: 0.05 }
          local.free: { default: 1 }
          local.rest: { min: 0 }
          vgcc.density: { default: 2 }
          vgcc.distance: { default: 0.02 }
          primed.share: { default: 1 }
          voltage.concentration: { default: -70 }
          clamp.level: { default: 0 }
          clamp.start: { default: 2e-3 }
          clamp.duration: { default: 1e-3 }
          stimulus.amplitude: { default: 0 }
          stimulus.start: { default: 2e-3 }
          stimulus.width: { default: 1e-3 }
          vesicles.simulated: { default: 20000 }
          duration: { default: 6e-3 }
        """;

    private static readonly double _nanodomain = 5182.1348 * 3.3e-3 / (4 * Math.PI * 250 * 0.02) * (2000.0 / 2050);

    /// <summary>
    /// Two channels of two gates and a sensor of five sites: 36 states and a fused one. The share that fuses is binomial: four
    /// standard errors; so is the number of channels open at the peak, of which the highest of some hundred is taken.
    /// </summary>
    [Fact]
    public void Clamped_vesicles_are_the_linear_chain()
    {
        const int n = 20000, replicates = 4;
        Model cell = Cells.Of(Clamped);
        IReadOnlyList<SimulationResult> runs = Runs.Of(cell, replicates, 4);
        (double fused, double open) = Solve();
        double actual = runs.Mean(cell, "simulatedEvoked").Mean, error = Math.Sqrt(fused * (1 - fused) / (n * replicates));
        Assert.InRange(fused, 0.01, 0.99);
        Assert.InRange(actual - fused, -4 * error, 4 * error);

        double channels = runs.Mean(cell, "openChannels").Mean, deviation = Math.Sqrt(2 * n * open * (1 - open));
        Assert.InRange(channels - (2 * n * open), -2 * deviation, 4 * deviation);
        Assert.InRange(runs.Mean(cell, "openVariance").Mean / (2 * open * (1 - open)), 0.95, 1.05);
    }

    /// <summary>Channels that open alone give more than their mean: release rises with the fourth power of calcium.</summary>
    [Fact]
    public void Drawn_channels_release_more_than_mean_channels_and_cadmium_silences_them()
    {
        Model terminal = ScenarioLibrary.Load("presynaptic-terminal");
        (string, double)[] set = [("vesicles.simulated", 16000), ("duration", 0.02)];
        IReadOnlyList<SimulationResult> runs = Runs.Of(terminal, 4, 4, set);
        var (evoked, error, _) = runs.Mean(terminal, "simulatedEvoked");
        double mean = runs.Mean(terminal, "evokedReleases").Mean / 1000;
        Assert.True(evoked - (4 * error) > mean, $"{evoked} ± {error}, mean channels {mean}");
        Assert.InRange(evoked, mean, 0.9);

        // Spontaneous release of 16000 vesicles in 10 ms is 0.04: what 200 µM Cd²⁺ leaves.
        double blocked = Runs.Of(terminal, 4, 4, [("cadmium.concentration", 200), .. set]).Mean(terminal, "simulatedEvoked").Mean;
        Assert.InRange(blocked / evoked, 0, 0.01);
    }

    [Fact]
    public void Every_width_has_the_same_bits_and_without_vesicles_nothing_changes()
    {
        Model terminal = ScenarioLibrary.Load("presynaptic-terminal");
        double[] with = terminal.All(("vesicles.simulated", 50)), without = terminal.All();
        Assert.True(double.IsNaN(without[^1]) && double.IsFinite(with[^1]));

        // Steps end at other times: the expectations differ by the integrator's tolerance only.
        Assert.InRange(with[0] / without[0], 1 - 1e-6, 1 + 1e-6);
    }

    // RK4 over the joint chain, channels (closed, one gate, both gates) × bound, from equilibrium at rest.
    private static (double Fused, double Open) Solve()
    {
        double[] p = new double[37];
        double m0 = Gate(Rest), weight = 1, sum = 0;
        var bound = new double[6];
        for (int j = 0; j <= 5; j++)
        {
            bound[j] = weight;
            sum += weight;
            weight *= j < 5 ? (5 - j) * 100 * Cytosol / ((j + 1) * 4000 * Math.Pow(0.5, j)) : 0;
        }

        for (int s = 0; s < 36; s++)
        {
            var (k0, k1, k2) = Channels(s / 6);
            double one = 2 * m0 * (1 - m0), both = m0 * m0, none = (1 - m0) * (1 - m0);
            double ways = k1 == 2 || k2 == 2 || k0 == 2 ? 1 : 2;
            p[s] = ways * Math.Pow(none, k0) * Math.Pow(one, k1) * Math.Pow(both, k2) * bound[s % 6] / sum;
        }

        double highest = 0, before = 0;
        const double dt = 2e-7;
        for (int step = 0; step < (int)Math.Round(Stop / dt); step++)
        {
            double t = step * dt, voltage = t >= Start - (dt / 2) && t < End - (dt / 2) ? Step : Rest;
            before = step == (int)Math.Round(Start / dt) ? p[36] : before;
            double[] k1 = Slope(p, voltage), k2 = Slope(Add(p, k1, dt / 2), voltage), k3 = Slope(Add(p, k2, dt / 2), voltage), k4 = Slope(Add(p, k3, dt), voltage);
            for (int s = 0; s < 37; s++)
            {
                p[s] += dt / 6 * (k1[s] + (2 * k2[s]) + (2 * k3[s]) + k4[s]);
            }

            double open = 0;
            for (int s = 0; s < 36; s++)
            {
                open += p[s] * Channels(s / 6).K2 / 2;
            }

            highest = Math.Max(highest, open / (1 - p[36]));
        }

        return (p[36] - before, highest);
    }

    private static double[] Add(double[] p, double[] k, double dt) => [.. p.Select((x, i) => x + (dt * k[i]))];

    private static double Gate(double v) => 1.78 * Math.Exp(v / 23.3) / ((1.78 * Math.Exp(v / 23.3)) + (0.14 * Math.Exp(-v / 15)));

    private static (int K0, int K1, int K2) Channels(int s) => s switch { 0 => (2, 0, 0), 1 => (1, 1, 0), 2 => (0, 2, 0), 3 => (1, 0, 1), 4 => (0, 1, 1), _ => (0, 0, 2) };

    private static int IndexOf(int k1, int k2) => k2 == 2 ? 5 : k2 == 1 ? 3 + k1 : k1;

    private static double[] Slope(double[] p, double v)
    {
        double a = 1780 * Math.Exp(v / 23.3), b = 140 * Math.Exp(-v / 15);
        var d = new double[37];
        for (int s = 0; s < 36; s++)
        {
            var (k0, k1, k2) = Channels(s / 6);
            int j = s % 6;
            double c = Cytosol + (_nanodomain * k2 * Math.Max(0, 43.9 - v));
            void Move(double rate, int to)
            {
                d[s] -= rate * p[s];
                d[to] += rate * p[s];
            }

            int To(int one, int both) => (6 * IndexOf(one, both)) + j;
            if (k0 > 0)
            {
                Move(2 * a * k0, To(k1 + 1, k2));
            }

            if (k1 > 0)
            {
                Move(b * k1, To(k1 - 1, k2));
                Move(a * k1, To(k1 - 1, k2 + 1));
            }

            if (k2 > 0)
            {
                Move(2 * b * k2, To(k1 + 1, k2 - 1));
            }

            if (j < 5)
            {
                Move((5 - j) * 100 * c, s + 1);
            }

            if (j > 0)
            {
                Move(j * 4000 * Math.Pow(0.5, j - 1), s - 1);
            }

            Move(2e-4 * Math.Pow(31.3, j), 36);
        }

        return d;
    }
}
