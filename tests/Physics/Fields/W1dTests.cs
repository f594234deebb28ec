using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>
/// The one-dimensional yardstick against CVODE 6.4.1 at rtol 1e-10 (two tolerances agree to all digits used), on the same mesh.
/// </summary>
public sealed class W1dTests
{
    private const double Speed = 109.979364;
    private static readonly double[] _arrivals = [0.180188153, 0.407503511, 0.634818895];
    private static readonly FieldModel _model = new(FieldRuns.Read("w1d"));

    [Fact]
    public void Meets_the_accuracy_of_the_yardstick_at_every_width_with_the_same_bits()
    {
        SimulationResult one = _model.Run();
        Assert.Equal(Outcome.Wave, one.Outcome);
        Assert.InRange((_model.Value(one, "waveSpeed") / Speed) - 1, -1e-3, 1e-3);
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange((one.Observables[i] / _arrivals[i]) - 1, -2e-3, 2e-3);
        }

        Assert.InRange(Math.Abs(_model.Value(one, "calciumDrift")), 0, 1e-13); // the page asks for 1e-10; rounding is 1e-15
        foreach (int width in new[] { 2, 4, 8 })
        {
            SimulationResult other = FieldRuns.Run(_model, width, [_model.Defaults()])[0];
            Assert.Equal(one.Steps, other.Steps);
            Assert.Equal(one.Observables.Select(BitConverter.DoubleToInt64Bits), other.Observables.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void Agrees_with_the_reference_in_all_digits_at_a_tight_tolerance()
    {
        // Order 5: a tolerance 1/256 of the usual one cuts the error of 1.5e-4 by about 256^(5/6) ≈ 100.
        SimulationResult tight = new FieldModel(FieldRuns.Read("w1d")) { Tolerance = 1.0 / 256 }.Run();
        Assert.InRange((_model.Value(tight, "waveSpeed") / Speed) - 1, -2e-6, 2e-6);
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange((tight.Observables[i] / _arrivals[i]) - 1, -2e-6, 2e-6);
        }
    }

    [Theory]
    [InlineData(10.05, 0.025808317, 0.128705690, 0.686412254, 519.6228047, 0.617901681)]
    [InlineData(50.05, 0.025749336, 0.128469982, 0.719840322, 503.6334720, 0.615737744)]
    [InlineData(90.05, 5.01526239, 16.7630172, 9.35870352, 337.485423, 0.649056009)]
    public void State_after_a_second_is_that_of_the_reference(double x, double c, double b1, double b2, double e, double h)
    {
        int cell = (int)(x / 0.1);
        var rule = new EndState(5, (view, lane) =>
            [view.Concentration(0, cell, lane), view.Bound(1, cell, lane), view.Bound(0, cell, lane), view.Concentration(1, cell, lane), view.Gate(0, cell, lane)]);
        double[] state = new FieldModel(FieldRuns.Read("w1d")) { Rule = rule }.Run().Observables;
        double[] expected = [c, b1, b2, e, h];
        for (int i = 0; i < 5; i++)
        {
            Assert.InRange((state[i] / expected[i]) - 1, -2e-3, 2e-3);
        }
    }

    [Fact]
    public void A_wave_that_cannot_start_is_abortive_and_a_negative_leak_is_a_failure_with_its_reason()
    {
        SimulationResult none = _model.Run(("v1", 20), ("T", 0.3));
        Assert.Equal(Outcome.Abortive, none.Outcome);
        Assert.True(double.IsNaN(_model.Value(none, "waveSpeed")));
        SimulationResult negative = _model.Run(("Vs", 20));
        Assert.Equal(Outcome.Failed, negative.Outcome);
        Assert.StartsWith("NegativeLeak", negative.Reason, StringComparison.Ordinal);
        Assert.All(negative.Observables, o => Assert.True(double.IsNaN(o)));
    }
}
