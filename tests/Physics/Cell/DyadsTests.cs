using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Stochastic release units: the unreduced chain of Hinch et al. 2004, local control, common pool, conservation.</summary>
public sealed class DyadsTests
{
    // Cytosol and store held, junctional SR as full as the store, no inactivation by voltage: what is left is a linear chain.
    private const string Chain = """
        scenario: chain
        geometry: { use: compartment }
        pools:
          cytosol: { use: clamped, calcium: cytosol.calcium }
          sr: { use: clamped, calcium: sr.calcium }
          tubule: { use: clamped, calcium: outside.calcium }
          voltage: { use: clamped, substance: voltage, concentration: clamp.rest }
          junction: { use: mixed, rest: sr.calcium }
          trigger: { use: clamped, substance: exchange }
          release: { use: clamped, substance: exchange }
          refill: { use: clamped, substance: exchange }
        sites: { use: dyads, outside: tubule, count: dyads.count, refill.time: junction.refill, ltype.inactivation: ltype.inactivation, pka.ltype: pka.ltype, pka.ryr: pka.ryr, ryr.block: ryr.block }
        mechanisms:
          dyad: { use: dyad.exchange, outside: tubule }
        stimuli:
          beat: { use: beat, pool: voltage, voltage: clamp.voltage, duration: clamp.duration }
        outcome: { use: twitch }
        parameters:
          cytosol.calcium: { default: 0.1 }
          sr.calcium: { default: 700 }
          outside.calcium: { default: 1000 }
          clamp.rest: { default: -80, min: -120, max: 0 }
          junction.refill: { default: 1e-8 }
          ltype.inactivation: { default: 0 }
          dyads.count: { default: 25000 }
          beat.start: { default: 0.001 }
          duration: { default: 0.101 }
        """;

    // A closed cell: nothing crosses the membrane; calcium at rest is high, so that units fire by themselves.
    private const string Closed = """
        scenario: closed-dyads
        geometry: { use: compartment }
        pools:
          cytosol: { use: mixed }
          sr: { use: mixed, rest: sr.calcium }
          tubule: { use: clamped, calcium: outside.calcium }
          voltage: { use: clamped, substance: voltage, concentration: clamp.rest }
          junction: { use: mixed, rest: sr.calcium }
          trigger: { use: clamped, substance: exchange }
          release: { use: clamped, substance: exchange }
          refill: { use: clamped, substance: exchange }
        buffers:
          troponin: { use: stationary }
        sites: { use: dyads, outside: tubule, count: dyads.count, ltype.block: ltype.block, shared.cleft: dyads.shared }
        mechanisms:
          dyad: { use: dyad.exchange, outside: tubule }
          serca: { use: serca.hill, store: sr }
        stimuli:
          beat: { use: beat, pool: voltage, voltage: clamp.voltage, duration: clamp.duration }
        outcome: { use: twitch }
        parameters:
          cytosol.rest: { default: 5 }
          cytosol.free: { default: 0.05 }
          sr.calcium: { default: 700 }
          sr.free: { default: 0.5 }
          junction.volume: { default: 0.02 }
          junction.free: { default: 0.16 }
          serca.vmax: { default: 50 }
          clamp.rest: { default: -80, min: -120, max: 0 }
          clamp.voltage: { default: 0 }
          ltype.block: { default: 1 }
          dyads.count: { default: 500 }
          duration: { default: 0.3 }
        """;

    private readonly Model _cell = ScenarioLibrary.Load("cardiac-dyad");

    /// <summary>Seven digits are given of peaks, six of gains; the trapezoid of 10 µs adds 1e-5 to integrals of a course that rises within 0.3 ms.</summary>
    [Theory]
    [InlineData(-40, 10.2712, 306.6772, 23.9617)]
    [InlineData(-20, 98.4767, 2347.584, 24.3189)]
    [InlineData(0, 334.6133, 4415.5263, 18.8677)]
    [InlineData(20, 212.0637, 1830.9277, 9.1055)]
    [InlineData(40, 78.7228, 322.9979, 3.5158)]
    [InlineData(60, 24.8605, 42.0532, 1.4139)]
    public void The_linear_chain_is_that_of_the_reference(double voltage, double trigger, double release, double integralGain)
    {
        var (peakTrigger, peakRelease, integrals) = DyadChain.Clamp(voltage + 1e-6, 700, 1, 1, 0.1);
        Assert.InRange(peakTrigger / trigger, 1 - 5e-6, 1 + 5e-6);
        Assert.InRange(peakRelease / release, 1 - 5e-6, 1 + 5e-6);
        Assert.InRange(integrals[0].Release / integrals[0].Trigger / integralGain, 1 - 5e-5, 1 + 5e-5);
    }

    /// <summary>
    /// Against linear solves of the nine-state chain: what has entered and what was released 2, 20 and (not phosphorylated) 100 ms after the step, which are unbiased
    /// (a peak is that of a noisy course: −20 mV, where 700 of 25,000 channels are open for 0.4 ms each, shows 6 % more than the peak of the mean). Four
    /// standard errors of the mean of eight; a thousandth for intervals of 0.1 ms at whose start rates are read.
    /// </summary>
    [Theory]
    [InlineData(-20, 0, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(20, 0, 0)]
    [InlineData(40, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 1)]
    public void Held_units_are_the_linear_chain(double voltage, double ltype, double ryr)
    {
        Model cell = Cells.Of(Chain);
        double[] times = ltype + ryr > 0 ? [0.002, 0.02] : [0.002, 0.02, 0.1];
        (double Trigger, double Release)[] exact = DyadChain.Clamp(voltage, 700, 1 + (0.5 * ltype), 1 + (0.5 * ryr), times).Integrals;
        for (int i = 0; i < times.Length; i++)
        {
            IReadOnlyList<SimulationResult> runs = Runs.Of(cell, 8, 4, ("clamp.voltage", voltage), ("pka.ltype", ltype), ("pka.ryr", ryr), ("duration", 0.001 + times[i]));
            foreach (var (name, expected) in new[] { ("triggerCalcium", exact[i].Trigger), ("releasedCalcium", exact[i].Release) })
            {
                var (mean, error, _) = runs.Mean(cell, name);
                Assert.True(Math.Abs(mean - expected) <= (4 * error) + (1e-3 * expected), $"{name} after {times[i]} s: {mean} ± {error}, expected {expected}");
            }
        }
    }

    /// <summary>Phosphorylation of the trigger and of the receptors multiply at the peak; gain grows with the load of the store, as in the reference: five digits, the highest of values 10 µs apart.</summary>
    [Fact]
    public void In_the_chain_phosphorylations_multiply_and_gain_grows_with_load()
    {
        double Peak(double trigger, double release) => DyadChain.Clamp(0, 700, trigger, release, 0.06).PeakRelease;
        double control = Peak(1, 1), product = Peak(1.5, 1) / control * Peak(1, 1.5) / control;
        Assert.InRange((Peak(1.5, 1.5) / control / product) - 1, -0.002, 0);
        foreach (var (store, gain) in new[] { (200.0, 3.8744), (400, 7.6041), (700, 13.1956), (1000, 18.8151), (1300, 24.4667) })
        {
            var (trigger, release, _) = DyadChain.Clamp(1e-6, store, 1, 1, 0.1);
            Assert.InRange(release / trigger / gain, 1 - 3e-5, 1 + 3e-5);
        }
    }

    /// <summary>What the trigger alone delivers over all calcium of the control: 0.1311 in the first 20 ms, 0.0911 over 100 ms (a four-state reduction says 0.735).</summary>
    [Theory]
    [InlineData(0.02, 0.1311)]
    [InlineData(0.1, 0.0911)]
    public void Blocked_receptors_leave_the_share_of_the_reference(double time, double share)
    {
        Model cell = Cells.Of(Chain);
        (double Mean, double Error) Total(double block)
        {
            IReadOnlyList<SimulationResult> runs = Runs.Of(cell, 8, 4, ("dyads.count", 10000), ("clamp.voltage", 0), ("ryr.block", block), ("duration", 0.001 + time));
            var (trigger, triggerError, _) = runs.Mean(cell, "triggerCalcium");
            var (release, releaseError, _) = runs.Mean(cell, "releasedCalcium");
            return (trigger + release, triggerError + releaseError);
        }

        var (blocked, blockedError) = Total(1);
        var (control, controlError) = Total(0);
        double error = (4 * ((blockedError / blocked) + (controlError / control))) + 1e-3;
        Assert.InRange(blocked / control / share, 1 - error, 1 + error);
    }

    /// <summary>p = β₊(oc)/(β₊(oc) + α₋) per opening; binomial, four standard errors of the openings counted.</summary>
    [Theory]
    [InlineData(-20, 0.099215)]
    [InlineData(0, 0.036365)]
    [InlineData(20, 0.007572)]
    [InlineData(40, 0.001062)]
    public void An_opening_of_the_channel_triggers_release_with_the_probability_of_one_cleft(double voltage, double probability)
    {
        Model chain = Cells.Of(Chain);
        IReadOnlyList<SimulationResult> runs = Runs.Of(chain, 4, 4, ("clamp.voltage", voltage), ("duration", 0.03));
        double openings = runs.Mean(chain, "openings").Mean * 4 * 0.5, actual = runs.Mean(chain, "triggerProbability").Mean;
        Assert.InRange(actual - probability, -4 * Math.Sqrt(probability / openings), 4 * Math.Sqrt(probability / openings));
    }

    /// <summary>Stern 1992: with one cleft for all, release is all or none; with a cleft for each unit it is graded.</summary>
    [Fact]
    public void A_common_pool_is_all_or_none_where_local_control_is_graded()
    {
        double[] Released(double shared) => [.. Enumerable.Range(0, 9).Select(i => Runs.Of(_cell, 1, 4, ("dyads.shared", shared),
            ("clamp.voltage", -50 + (5 * i)), ("duration", 0.16), ("dyads.count", 5000))[0].Observables[4])];
        double[] common = Released(1), local = Released(0);
        double Jump(double[] released) => Enumerable.Range(1, released.Length - 1).Max(i => released[i] / released[i - 1]);
        Assert.True(Jump(common) >= 5, $"common pool: {string.Join(' ', common)}");
        Assert.True(Jump(local) < 4, $"local: {string.Join(' ', local)}");
        Assert.True(common.Max() > 100 && common.Min() < 1);
    }

    /// <summary>Cytosol, bound, network and junctions: what leaves a junction enters the cytosol.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_closed_cell_keeps_its_calcium(double shared)
    {
        Model cell = Cells.Of(Closed);
        var rows = new Totals();
        Assert.Null(Runs.Of(cell, 1, 1, rows, ("dyads.shared", shared))[0].Reason);
        double first = rows.All[0];
        Assert.True(rows.LowestJunction < 0.99 * 700, "the units fire");
        Assert.All(rows.All, total => Assert.InRange((total / first) - 1, -1e-12, 1e-12));
    }

    [Fact]
    public void Every_width_and_neighbour_has_the_same_bits()
    {
        _cell.All(("dyads.count", 300), ("duration", 0.12));
        _cell.All(("dyads.count", 300), ("duration", 0.12), ("dyads.shared", 1));
    }

    private sealed class Totals : ITrace
    {
        private double[] _weights = [];
        private int _junction;

        public List<double> All { get; } = [];

        public double LowestJunction { get; private set; } = double.PositiveInfinity;

        public double Interval => 0;

        public void Begin(IReadOnlyList<TraceColumn> columns)
        {
            _junction = columns.ToList().FindIndex(c => c.Name == "junction");
            _weights = [.. columns.Select(c => c.Name switch
            {
                "cytosol" => 1 / 0.05, "sr" => 1 / 5.5 / 0.5, "junction" => 0.02 / 0.16, "troponin" => 1.0, _ => 0,
            })];
        }

        public void Record(double time, ReadOnlySpan<double> row)
        {
            double sum = 0;
            for (int i = 0; i < row.Length; i++)
            {
                sum += _weights[i] * row[i];
            }

            All.Add(sum);
            LowestJunction = Math.Min(LowestJunction, row[_junction]);
        }
    }
}
