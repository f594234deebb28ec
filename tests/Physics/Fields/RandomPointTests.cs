using System.Globalization;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>
/// Accuracy over the parameter space, not at w1d's luck: waves, slow fronts and failures. More points:
/// <c>CALCIUMSWEEP_POINTS=2000 dotnet test tests/Physics --filter RandomPoint</c>.
/// </summary>
public sealed class RandomPointTests
{
    [Fact]
    public void Speeds_are_within_a_thousandth_and_verdicts_right_against_a_sixteenth_of_the_tolerance()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("CALCIUMSWEEP_POINTS") ?? "200", CultureInfo.InvariantCulture);
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

    [Fact]
    public void Points_left_out_have_no_rest_or_ignite_from_the_last_digits()
    {
        // Not a wave but the whole cable goes off, and when it does depends on rounding: e²⁰ = 5e8 times what there is at the start. With
        // steps as short as a wave's (longer ones damp what grows) a ninth digit of the resting calcium is enough.
        FieldModel model = new(FieldRuns.Read("w1d"));
        List<double[]> points = W1dPoint.Draw(model, 200, seed: 4, out int restless, out List<double[]> growing);
        int Ignited(IEnumerable<double[]> some) => some.Count(point =>
        {
            double rest = point[model.IndexOf("C0")], farthest = 0;
            var disturbed = new FieldModel(FieldRuns.Read("w1d"))
            {
                Start = (p, _) => p == 0 ? rest * (1 + 1e-9) : p == 1 ? point[model.IndexOf("E0")] : point[model.IndexOf("I")],
                Rule = new EndState(1, (_, _) => [0], (view, lane) => farthest = Math.Max(farthest, Math.Abs((view.Concentration(0, 40, lane) / rest) - 1))),
                FixedStep = 5e-4,
            };
            double[] v = [.. point];
            v[model.IndexOf("N")] = 80;
            FieldRuns.Run(disturbed, 1, [v]);
            return farthest > 0.1;
        });

        Assert.InRange(growing.Count, 1, 0.1 * points.Count); // about one in twenty
        Assert.True(restless > 0);
        Assert.Equal(growing.Count, Ignited(growing));
        Assert.Equal(0, Ignited(points.Take(20)));
    }
}
