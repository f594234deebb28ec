using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Store-operated entry against an independent integration of the same equations (six digits given).</summary>
public sealed class StoreEntryTests
{
    private static readonly (string, double)[] _readdition =
        [("agonist.duration", 0), ("serca.block", 1), ("removal.duration", 600), ("duration", 900)];

    private readonly Model _cell = ScenarioLibrary.Load("store-operated-entry");

    [Theory]
    [InlineData(0, 1.48983, 0.314120, 169.115, 0.661733, 0.0979235, 471.374)]
    [InlineData(1, 1.48979, 0.100034, 59.0467, 0.024961, 0.0872612, 358.977)]
    public void Peak_plateau_and_refill_are_those_of_the_reference(
        double blinded, double peak, double plateau, double store, double sensor, double c, double er)
    {
        double[] actual = _cell.All(("stim1.blinded", blinded));

        // The reference's peak is the highest of its steps: it is up to 3e-5 lower than that of the course between them.
        Assert.InRange(actual[0] / peak, 1 - 1e-5, 1 + 4e-5);
        double[] expected = [plateau, er / 500, store, sensor, c, er];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i + 1] / expected[i], 1 - 4e-6, 1 + 4e-6);
        }
    }

    [Fact]
    public void Blinded_sensors_keep_the_peak_and_lose_plateau_and_refill()
    {
        double[] normal = _cell.All(), blinded = _cell.All(("stim1.blinded", 1));
        Assert.InRange(blinded[0] / normal[0], 0.99, 1.01);
        Assert.True(normal[1] >= 0.2);
        Assert.InRange(blinded[1], 0.095, 0.105);
        Assert.True(normal[2] >= 0.9 && blinded[2] <= 0.8);
    }

    [Fact]
    public void Calcium_that_comes_back_enters_through_sensors_that_saw_the_store_empty()
    {
        double normal = _cell.Value("readditionPeak", _readdition), blinded = _cell.Value("readditionPeak", [.. _readdition, ("stim1.blinded", 1)]);
        Assert.InRange(normal / 0.61496, 1 - 2e-5, 1 + 2e-5);
        Assert.InRange(blinded / 0.101834, 1 - 2e-5, 1 + 2e-5);
        Assert.InRange(_cell.Value("endCytosolic", _readdition) / 0.608665, 1 - 4e-6, 1 + 4e-6);
        Assert.InRange(_cell.Value("endCytosolic", [.. _readdition, ("stim1.blinded", 1)]) / 0.100196, 1 - 5e-6, 1 + 5e-6);
        Assert.True((normal - 0.1) / (blinded - 0.1) >= 10);
    }

    [Fact]
    public void The_plateau_needs_outside_calcium()
    {
        double c = _cell.Value("endCytosolic", ("agonist.duration", 1000), ("removal.start", 450), ("removal.duration", 1000), ("duration", 550));
        Assert.InRange(c / 0.0343809, 1 - 4e-6, 1 + 4e-6);
    }

    [Fact]
    public void Rest_is_rest()
    {
        double[] actual = _cell.All(("agonist.duration", 0));
        Assert.InRange((actual[5] / 0.1) - 1, -1e-9, 1e-9);
        Assert.InRange(actual[2] - 1, -1e-9, 1e-9);
        Assert.Equal(double.NaN, actual[0]);
    }

    [Fact]
    public void Fast_inactivation_lowers_the_plateau_and_is_off_by_default()
    {
        // The gates move all the same, and with them the steps.
        Assert.InRange(_cell.Value("plateau", ("orai1.local", 100)) / _cell.Value("plateau"), 1 - 1e-8, 1 + 1e-8);
        Assert.True(_cell.Value("plateau", ("orai1.inactivation", 1)) < 0.8 * _cell.Value("plateau"));
    }

    [Fact]
    public void Entry_beyond_what_pumps_remove_is_refused()
    {
        double[] v = _cell.Defaults();
        (v[_cell.IndexOf("serca.block")], v[_cell.IndexOf("orai1.gmax")]) = (1, 60);
        Assert.Contains("orai1.gmax", _cell.Check(v), StringComparison.Ordinal);
        v[_cell.IndexOf("orai1.gmax")] = 59;
        Assert.Null(_cell.Check(v));
    }

    [Theory]
    [InlineData(50, 0.996109)]
    [InlineData(100, 0.941176)]
    [InlineData(150, 0.759644)]
    [InlineData(200, 0.5)]
    [InlineData(300, 0.164948)]
    [InlineData(500, 0.0249610)]
    public void The_sensor_at_rest_follows_its_hill_curve(double er, double active) =>
        Assert.InRange(_cell.Value("sensorAtPlateau", ("er.rest", er), ("stim1.blinded", 1), ("agonist.concentration", 0.02)) / active, 1 - 4e-6, 1 + 4e-6); // half a unit of the sixth digit
}
