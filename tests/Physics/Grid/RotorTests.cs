using CalciumSweep.Physics.Cell;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Grid;

/// <summary>A wave in an excitable sheet: with a free end it turns, without one it passes and is gone.</summary>
public sealed class RotorTests
{
    private readonly Model _sheet = ScenarioLibrary.Load("spiral");

    [Theory]
    [InlineData(1, Outcome.Repetitive)]
    [InlineData(0, Outcome.Wave)]
    public void A_cut_wave_turns_and_a_whole_one_passes_once(double cut, Outcome expected)
    {
        SimulationResult run = Runs.Of(_sheet, 1, 4, ("wave.cut", cut), ("mesh.dx", 6))[0];
        Assert.Equal(expected, run.Outcome);
        double passages = run.Observables[^2], period = run.Observables[^1];
        if (cut > 0)
        {
            // An independent explicit integration (6 µm, 0.01 s) turns in 15 to 20 s.
            Assert.InRange(passages, 3, 6);
            Assert.InRange(period, 10, 25);
        }
        else
        {
            Assert.Equal(1, passages);
            Assert.Equal(double.NaN, period);
            Assert.InRange(run.Observables[1], 0.04, 0.05); // all at rest again
        }

        Assert.InRange(run.Observables[4], -1e-12, 1e-12);
    }

    [Fact]
    public void Without_receptors_there_is_no_wave() =>
        Assert.Equal(Outcome.Quiescent, Runs.Of(_sheet, 1, 4, ("ip3r.block", 1), ("mesh.dx", 12), ("duration", 40))[0].Outcome);

    [Fact]
    public void Every_width_has_the_same_bits() => _sheet.All(("mesh.dx", 24), ("duration", 20));
}
