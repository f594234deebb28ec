using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Quiet, oscillating and held high, in the order of the agonist.</summary>
public sealed class AgonistTests
{
    private readonly Model _cell = ScenarioLibrary.Load("agonist-response");

    [Theory]
    [InlineData(0, Outcome.Quiescent)]
    [InlineData(0.1, Outcome.Quiescent)]
    [InlineData(2, Outcome.Repetitive)]
    [InlineData(100, Outcome.Plateau)]
    public void The_response_follows_the_agonist(double agonist, Outcome expected) =>
        Assert.Equal(expected, Runs.Of(_cell, 1, 4, ("agonist.concentration", agonist))[0].Outcome);

    [Fact]
    public void Without_agonist_receptors_or_lipase_nothing_happens()
    {
        foreach (string off in new[] { "agonist.concentration", "plc.vmax" })
        {
            Assert.Equal(0, _cell.Value("peakIp3", (off, 0)));
            Assert.InRange(_cell.Value("endCytosolic", (off, 0)) / 0.0755, 1 - 1e-6, 1 + 1e-6);
        }

        Assert.Equal(double.NaN, _cell.Value("oscillationFrequency", ("ip3r.block", 1)));
        Assert.InRange(_cell.Value("oscillationFrequency"), 0.05, 0.2);
    }

    [Fact]
    public void Oscillations_are_more_frequent_with_more_agonist()
    {
        double[] frequency = [.. new[] { 1.8, 2.2, 2.6, 3 }.Select(a => _cell.Value("oscillationFrequency", ("agonist.concentration", a), ("duration", 600), ("agonist.duration", 560)))];
        for (int i = 1; i < frequency.Length; i++)
        {
            Assert.True(frequency[i] > frequency[i - 1], string.Join(", ", frequency));
        }
    }

    [Fact]
    public void Receptors_that_desensitise_make_less_IP3_as_time_goes_by()
    {
        // After the start r = recovery/(recovery + desensitisation·o) = 1/(1 + 2·o), o = 1 with much agonist: a third is left.
        Model cell = Cells.Of("""
            scenario: desensitising
            geometry: { use: compartment }
            pools:
              cytosol: { use: clamped, calcium: cytosol.rest }
              ip3: { use: mixed, substance: IP3 }
              agonist: { use: clamped, substance: agonist, concentration: agonist.rest }
            mechanisms:
              plc: { use: plc.desensitizing }
            stimuli:
              agonist: { use: step, pool: agonist, level: agonist.concentration }
            outcome: { use: agonist, pool: ip3 }
            parameters:
              agonist.concentration: { default: 1000000, max: 10000000 }
              agonist.start: { default: 20 }
              agonist.duration: { default: 1480 }
              duration: { default: 1500 }
            """);
        double full = cell.Value("peakIp3", ("plc.desensitisation", 0)), early = cell.Value("peakIp3");
        Assert.InRange(early / full, 0.9, 0.99); // IP3 follows within 1 s, receptors within 33 s
        var end = new LastRow();
        Runs.Of(cell, 1, 1, end);
        Assert.InRange(end.Of("ip3") / full, (1 / 3.0) - 1e-4, (1 / 3.0) + 1e-4);
    }

    private sealed class LastRow : ITrace
    {
        private IReadOnlyList<TraceColumn> _columns = [];
        private double[] _row = [];

        public double Interval => 1;

        public void Begin(IReadOnlyList<TraceColumn> columns) => _columns = columns;

        public void Record(double time, ReadOnlySpan<double> values) => _row = values.ToArray();

        public double Of(string name) => _row[_columns.ToList().FindIndex(c => c.Name == name)];
    }
}
