using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Physics;

/// <summary>Clusters of IP3 receptors after De Young and Keizer, and their puffs.</summary>
public sealed unsafe class PuffTests
{
    private static readonly double[] _on = [400, 0.2, 400, 0.2, 20], _d = [0.13, 1.049, 0.9434, 0.08234];
    private readonly Model _puff = ScenarioLibrary.Load("puff");

    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(0.3, 1)]
    [InlineData(2, 0.3)]
    public void At_clamped_calcium_channels_are_open_as_often_as_the_chain_says(double ip3, double c)
    {
        // Subunits are independent, so the stationary open probability is x³, x in closed form.
        var kinetics = new Ip3rSubunit(ip3, _on, _d);
        double exact = 8 * Math.Pow(kinetics.ActiveShare(c), 3);
        var (mean, error) = Mean(kinetics, channels: 8, perCleft: 0, c, j: 0, seconds: 4000);
        Assert.True(error < 0.1 * exact, $"too short: {mean} ± {error}");
        Assert.InRange(mean, exact - (4 * error), exact + (4 * error));
    }

    [Theory]
    [InlineData(0.3, 0.05, 0.1)]
    [InlineData(0.3, 0.05, 0.02)]
    public void A_channel_in_its_own_calcium_is_open_as_often_as_its_512_states_say(double ip3, double c, double perCleft)
    {
        var kinetics = new Ip3rSubunit(ip3, _on, _d);
        const double J = 500;
        double exact = Exact(kinetics, c, (c + (perCleft * J)) / (1 + perCleft)), weight = 1 / (1 + perCleft);
        var (mean, error) = Mean(kinetics, channels: 1, perCleft, c, J, seconds: 20000);
        Assert.True(error < 0.1 * exact * weight, $"too short: {mean} ± {error}");
        Assert.InRange(mean / weight, exact - (4 * error / weight), exact + (4 * error / weight));
    }

    [Fact]
    public void Puffs_are_as_bright_wide_and_long_as_published()
    {
        // ΔF/F0 0.5–2.5, 0.1–0.6 s at half height (Sun, Callamaras, Marchant and Parker 1998, J Physiol 509:67), 2–4 µm wide (Yao,
        // Choi and Parker 1995, J Physiol 482:533). Means of 200 with an error of some 3 %.
        var runs = Runs.Of(_puff, 200, 8);
        Assert.DoesNotContain(runs, r => r.Outcome is Outcome.Failed);
        Assert.InRange(runs.Mean(_puff, "dyeAmplitude").Mean, 0.5, 2.5);
        Assert.InRange(runs.Mean(_puff, "dyeDuration").Mean, 0.1, 0.6);
        Assert.InRange(runs.Mean(_puff, "dyeWidth").Mean, 2, 4);

        // One channel opening is not a puff: some die.
        Assert.InRange(runs.Count(r => r.Outcome == Outcome.Quiescent), 10, 60);
    }

    [Fact]
    public void Puffs_end_by_inhibition()
    {
        // Without inhibiting Ca²⁺ (a₂, a₄ a thousand times slower) the cluster does not stop within a second.
        var free = Runs.Of(_puff, 16, 8, ("channel.a2", 1e-3), ("channel.a4", 1e-3), ("limit.time", 1));
        var usual = Runs.Of(_puff, 16, 8, ("limit.time", 1));
        Assert.True(free.Count(r => r.Outcome == Outcome.Undecided) >= 8 + usual.Count(r => r.Outcome == Outcome.Undecided));
    }

    [Fact]
    public void A_site_puffs_as_often_as_published_and_more_with_more_IP3()
    {
        // Published: a puff in a second to tens of seconds, more often with IP3 (Marchant and Parker 2001, EMBO J 20:65; Yao et al. 1995).
        Model train = ScenarioLibrary.Load("puff-train");
        double[] rates = [.. new[] { 0.02, 0.05, 0.2 }.Select(ip3 => Runs.Of(train, 8, 8, ("ip3.concentration", ip3)).Mean(train, "eventRate").Mean)];
        Assert.True(rates[0] < rates[1] && rates[1] < rates[2], string.Join(", ", rates));
        Assert.InRange(rates[2], 0.05, 1);
    }

    [Fact]
    public void Along_a_line_puffs_become_waves_as_IP3_rises()
    {
        Model line = ScenarioLibrary.Load("puff-line");
        double[] shares = [.. new[] { 0.03, 0.2 }.Select(ip3 => Waves(line, ip3))];
        Assert.InRange(shares[0], 0, 0.1);
        Assert.InRange(shares[1], 0.9, 1);
    }

    [Fact]
    public void Every_lane_width_gives_the_same_bits_and_calcium_stays()
    {
        Model line = ScenarioLibrary.Load("puff-line");
        (string, double)[] set = [("limit.time", 0.4), ("sites.count", 12)];
        var expected = Runs.Of(line, 10, 1, set);
        int drift = line.Observables.ToList().FindIndex(o => o.Name == "calciumDrift");
        Assert.All(expected, r => Assert.InRange(Math.Abs(r.Observables[drift]), 0, 1e-12));
        foreach (int width in new[] { 2, 4, 8 })
        {
            var actual = Runs.Of(line, 10, width, set);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.Equal(expected[i].Outcome, actual[i].Outcome);
                Assert.Equal(
                    expected[i].Observables.Select(BitConverter.DoubleToInt64Bits), actual[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    private static double Waves(Model line, double ip3) =>
        Runs.Of(line, 24, 8, ("ip3.concentration", ip3), ("mesh.dx", 0.4), ("limit.time", 2)).Count(r => r.Outcome == Outcome.Wave) / 24.0;

    /// <summary>Mean release conductance of a cluster whose channels conduct 1, and its standard error from 50 pieces.</summary>
    private static (double Mean, double Error) Mean(Ip3rSubunit kinetics, int channels, double perCleft, double c, double j, double seconds)
    {
        const int Pieces = 50;
        using var table = new DrawTable(1);
        table.Set(0, new RandomStream(7, 0, 0));
        var draws = new SiteDraws(table, 0, 0);
        int* counts = stackalloc int[Ip3rSubunit.States];
        byte* subunits = stackalloc byte[channels * Ip3rSubunit.PerChannel];
        counts[0] = channels * Ip3rSubunit.PerChannel;
        var cluster = new Ip3rCluster { Kinetics = kinetics, Conductance = 1, PerCleft = perCleft, Counts = counts, Subunits = subunits, Channels = channels, Countdown = draws.Next().Exponential };
        var place = new SiteOutlook { C = c, J = j, Loss = 1e6, Drive = 1e6 * c };
        double dt = seconds / Pieces;
        cluster.Gate(place, j, dt, ref draws); // the start is forgotten
        double[] pieces = new double[Pieces];
        for (int i = 0; i < Pieces; i++)
        {
            pieces[i] = cluster.Gate(place, j, dt, ref draws);
        }

        double mean = pieces.Average();
        return (mean, Math.Sqrt(pieces.Sum(p => (p - mean) * (p - mean)) / (Pieces - 1) / Pieces));
    }

    /// <summary>Open probability of one channel: the stationary state of three subunits, by relaxation of the balance equations.</summary>
    private static double Exact(Ip3rSubunit kinetics, double closed, double open)
    {
        const int N = 512, Open = Ip3rSubunit.Active * (1 + 8 + 64);
        var p = Enumerable.Repeat(1.0 / N, N).ToArray();
        var into = new List<(int From, double Rate)>[N];
        var leave = new double[N];
        for (int s = 0; s < N; s++)
        {
            into[s] = [];
        }

        for (int s = 0; s < N; s++)
        {
            double c = s == Open ? open : closed;
            for (int u = 0; u < 3; u++)
            {
                int state = (s >> (3 * u)) & 7;
                double total = kinetics.Fixed[state] + (kinetics.ByCalcium[state] * c), from = 0;
                leave[s] += total;

                // The three ways out, read off where the choice changes.
                double ip3 = Edge(kinetics, state, c, total, state ^ 1), activating = Edge(kinetics, state, c, total, state ^ 1, state ^ 2);
                foreach (var (to, rate) in new[] { (state ^ 1, ip3 - from), (state ^ 2, activating - ip3), (state ^ 4, total - activating) })
                {
                    into[s & ~(7 << (3 * u)) | (to << (3 * u))].Add((s, rate));
                }
            }
        }

        for (int round = 0; round < 200000; round++)
        {
            double change = 0;
            for (int s = 0; s < N; s++)
            {
                double next = into[s].Sum(i => p[i.From] * i.Rate) / leave[s];
                change = Math.Max(change, Math.Abs(next - p[s]));
                p[s] = next;
            }

            if (change < 1e-15)
            {
                break;
            }
        }

        return p[Open] / p.Sum();
    }

    /// <summary>Up to which rate the choice falls on one of the given states.</summary>
    private static double Edge(Ip3rSubunit kinetics, int state, double c, double total, params int[] to)
    {
        double low = 0, high = total;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = to.Contains(kinetics.Next(state, c, middle)) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
