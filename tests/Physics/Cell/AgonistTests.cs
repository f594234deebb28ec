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
}
