using System.Globalization;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>
/// Accuracy over the parameter space, not at w1d's luck: waves, slow fronts and failures. 24 points here; the whole survey runs
/// with <c>CALCIUMSWEEP_POINTS=200 dotnet test tests/Physics --filter RandomPoint</c>.
/// </summary>
public sealed class RandomPointTests
{
    [Fact]
    public void Speeds_are_within_a_thousandth_and_verdicts_right_against_a_sixteenth_of_the_tolerance()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("CALCIUMSWEEP_POINTS") ?? "24", CultureInfo.InvariantCulture);
        FieldModel usual = new(FieldRuns.Read("w1d")), tight = new(FieldRuns.Read("w1d")) { Tolerance = 1.0 / 16 };
        List<double[]> points = W1dPoint.Draw(usual, count, seed: 4);
        SimulationResult[] coarse = FieldRuns.Run(usual, 8, points), fine = FieldRuns.Run(tight, 8, points);
        int waves = 0;
        for (int i = 0; i < count; i++)
        {
            Assert.True(coarse[i].Outcome == fine[i].Outcome, $"point {i}: {coarse[i].Outcome} {coarse[i].Reason}, not {fine[i].Outcome} {fine[i].Reason}");
            Assert.NotEqual(Outcome.Failed, fine[i].Outcome);
            if (fine[i].Outcome == Outcome.Wave)
            {
                waves++;
                double error = (usual.Value(coarse[i], "waveSpeed") / usual.Value(fine[i], "waveSpeed")) - 1;
                Assert.True(Math.Abs(error) <= 1e-3, $"point {i}: speed off by {error:g3}");
            }

            Assert.InRange(Math.Abs(usual.Value(coarse[i], "calciumDrift")), 0, 1e-12);
        }

        Assert.InRange(waves, 1, count - 1); // the sample holds both
    }
}
