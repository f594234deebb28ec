using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The two release sensors against an independent integration of their chains.</summary>
public sealed class ReleaseSensorTests
{
    // Calcium steps instead of having a transient.
    private const string Step = """
        scenario: release-step
        geometry: { use: compartment, duration: window }
        pools:
          cytosol: { use: clamped, calcium: rest.cytosolic }
          primed: { use: clamped, substance: share }
          released: { use: mixed, substance: share }
          released-classical: { use: mixed, substance: share }
        mechanisms:
          lou: { use: sensor.lou }
          classical: { use: sensor.schneggenburger-neher, released: released-classical }
        stimuli:
          stimulus: { use: step, pool: cytosol }
          priming: { use: step, pool: primed }
        outcome: { use: release }
        parameters:
          rest.cytosolic: { default: 0.05 }
          stimulus.duration: { default: 1000 }
          priming.level: { default: 1 }
          priming.duration: { default: 1000 }
          window: { default: 0.04 }
        """;

    private static readonly Model _step = Cells.Of(Step);
    private readonly Model _sensor = ScenarioLibrary.Load("release-sensor");

    [Theory]
    [InlineData(0.5, 4.07696e-4, 3.54591e-3, 7.44)]
    [InlineData(1, 0.0117756, 0.0358888, 6.89)]
    [InlineData(2, 0.302789, 0.504168, 5.934)]
    [InlineData(4, 5.84452, 7.00064, 4.494)]
    [InlineData(8, 59.6046, 63.2658, 2.700)]
    [InlineData(15, 248.126, 255.052, 1.480)]
    [InlineData(40, 992.698, 997.934, 0.604)]
    public void Peak_rates_after_a_step_of_calcium_are_those_of_the_reference(double calcium, double classical, double lou, double milliseconds)
    {
        double[] ours = _step.All(("stimulus.level", calcium));
        Assert.InRange(ours[2] / lou, 0.999, 1.001);

        // A flat top: its time is good to a few per cent where the rate still creeps.
        Assert.InRange(ours[3] / (milliseconds * 1e-3), 0.97, 1.03);
        Assert.InRange(_step.All(("stimulus.level", calcium), ("sensor", 1))[2] / classical, 0.999, 1.001);
    }

    [Fact]
    public void The_rate_is_a_power_of_calcium_between_three_and_five()
    {
        double Slope(double from, double to, double sensor) => Math.Log(
            _step.Value("peakRate", ("stimulus.level", to), ("sensor", sensor)) / _step.Value("peakRate", ("stimulus.level", from), ("sensor", sensor))) / Math.Log(to / from);
        double[] slopes = [Slope(1, 2, 0), Slope(2, 4, 0), Slope(4, 6, 0), Slope(1, 2, 1), Slope(2, 4, 1), Slope(4, 6, 1)];
        double[] expected = [3.81, 3.80, 3.37, 4.68, 4.27, 3.60];
        for (int i = 0; i < slopes.Length; i++)
        {
            Assert.InRange(slopes[i] - expected[i], -0.006, 0.006); // two decimals are given
        }

        Assert.All(slopes, slope => Assert.InRange(slope, 3, 5));
    }

    [Theory]
    [InlineData(0, 2e-4)]
    [InlineData(0.05, 2.448371e-4)]
    [InlineData(0.1, 3.095007e-4)]
    public void Spontaneous_release_is_that_of_the_sensor_at_rest(double calcium, double rate) =>
        Assert.InRange(_sensor.Value("spontaneousRate", ("rest.cytosolic", calcium)) / rate, 1 - 4e-7, 1 + 4e-7); // seven digits are given

    /// <summary>The reference has ±0.5 %.</summary>
    [Fact]
    public void Release_per_action_potential_is_that_of_the_reference()
    {
        double[] lou = _sensor.All();
        Assert.InRange(lou[0] / 0.0157749, 0.995, 1.005);
        Assert.InRange(_sensor.Value("releaseProbability", ("sensor", 1)) / 0.00635401, 0.995, 1.005);
        Assert.InRange(lou[2] / 31.78, 0.995, 1.005);
        Assert.InRange(lou[3], 0, 0.5e-3);
        Assert.InRange(lou[4], 0, 0.5e-3);
        Assert.InRange(lou[5], 0, 1.5e-3);
        Assert.InRange(lou[3] / 0.2327e-3, 0.99, 1.01);
    }

    /// <summary>Fourth-order Runge–Kutta in steps of 1 µs, written out from the chain.</summary>
    [Fact]
    public void An_independent_integration_of_the_chain_gives_the_same_probability()
    {
        double[] x = new double[7];
        double[] l = [.. Enumerable.Range(0, 6).Select(j => 2e-4 * Math.Pow(31.3, j))];
        double[] down = [.. Enumerable.Range(0, 6).Select(j => j == 0 ? 0 : j * 4000 * Math.Pow(0.5, j - 1))];
        double Calcium(double t) => 0.05 + (15 * Math.Exp(-0.5 * Math.Pow((t - 2e-3) / (4e-4 / 2.3548200450309493), 2)));
        x[0] = 1;
        for (int j = 1; j < 6; j++)
        {
            x[j] = x[j - 1] * (6 - j) * 100 * 0.05 / down[j];
        }

        double sum = x.Sum();
        x = [.. x.Select(v => v / sum)];
        double[] Slope(double t, double[] y)
        {
            var dy = new double[7];
            for (int j = 0; j < 6; j++)
            {
                double up = (5 - j) * 100 * Calcium(t) * y[j], fuse = l[j] * y[j], back = down[j] * y[j];
                dy[j] -= up + fuse + back;
                dy[6] += fuse;
                dy[Math.Min(j + 1, 5)] += up;
                dy[Math.Max(j - 1, 0)] += back;
            }

            return dy;
        }

        const double h = 1e-6;
        for (int i = 0; i < 5000; i++)
        {
            double t = i * h;
            double[] Plus(double[] k, double s) => [.. x.Select((v, m) => v + (s * k[m]))];
            double[] a = Slope(t, x), b = Slope(t + (h / 2), Plus(a, h / 2)), c = Slope(t + (h / 2), Plus(b, h / 2)), d = Slope(t + h, Plus(c, h));
            x = [.. x.Select((v, m) => v + (h / 6 * (a[m] + (2 * b[m]) + (2 * c[m]) + d[m])))];
        }

        Assert.InRange(_sensor.Value("releaseProbability") / x[6], 1 - 1e-6, 1 + 1e-6);
    }

    [Theory]
    [InlineData(0.5, 0.0919457)]
    [InlineData(0.75, 8.1187e-3)]
    [InlineData(0.9, 5.0629e-4)]
    [InlineData(0.95, 1.5121e-4)]
    [InlineData(1, 7.7594e-5)]
    public void Blocking_the_current_silences_evoked_release_and_leaves_minis(double block, double ratio)
    {
        double[] control = _sensor.All(), blocked = _sensor.All(("vgcc.block", block));
        Assert.InRange(blocked[0] / control[0] / ratio, 0.995, 1.005);
        Assert.Equal(control[1], blocked[1]);
        Assert.True(block < 0.95 ? blocked[0] < 0.12 * control[0] : blocked[0] <= 0.01 * control[0]);
    }

    [Fact]
    public void Release_grows_with_the_power_of_the_amplitude()
    {
        double Exponent(double sensor) => Math.Log(
            _sensor.Value("releaseProbability", ("stimulus.amplitude", 10), ("sensor", sensor)) / _sensor.Value("releaseProbability", ("stimulus.amplitude", 3), ("sensor", sensor))) / Math.Log(10.0 / 3);
        Assert.InRange(Exponent(0), 3.37, 3.53);
        Assert.InRange(Exponent(1), 4.3, 4.5);
    }
}
