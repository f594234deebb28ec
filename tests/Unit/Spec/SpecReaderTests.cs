using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

/// <summary>Specs that are right.</summary>
public sealed class SpecReaderTests
{
    [Fact]
    public void Every_key_is_read()
    {
        Plan plan = Read("""
            name: my-map
            scenario: no-op
            set: { cost: 10 ms }
            axes:
              - { parameter: x, from: 0, to: 4, points: 5 }
              - { parameter: y, values: [3, 1, 2] }
            sampling: grid
            replicates: 7
            seed: 18446744073709551615
            observe: [draw]
            limits: { attempts: 2, wallTime: 500 ms }
            keep: points
            """);

        Assert.Equal("my-map", plan.Spec.Name);
        Assert.Equal("no-op", plan.Spec.Scenario);
        Assert.Equal(0.01, plan.Spec.Set["cost"]);
        Assert.Equal([0.0, 1, 2, 3, 4], plan.Spec.Axes[0].Values);
        Assert.Equal([3.0, 1, 2], plan.Spec.Axes[1].Values);
        Assert.Equal(7, plan.Spec.Replicates);
        Assert.Equal(ulong.MaxValue, plan.Spec.Seed);
        Assert.Equal(["draw"], plan.Spec.Observe);
        Assert.Equal(new Limits(2, TimeSpan.FromMilliseconds(500)), plan.Spec.Limits);
        Assert.Equal(Keep.Points, plan.Spec.Keep);
        Assert.Equal(105, plan.Simulations);
        Assert.Equal([0.0, 1, 0.01], plan.Parameters(1));
    }

    [Fact]
    public void What_is_not_written_has_its_default()
    {
        Plan plan = Read("scenario: no-op");

        Assert.Equal("test", plan.Spec.Name);
        Assert.Empty(plan.Spec.Set);
        Assert.Empty(plan.Spec.Axes);
        Assert.Equal((1, 1UL), (plan.Spec.Replicates, plan.Spec.Seed));
        Assert.Equal(["sum", "draw"], plan.Spec.Observe);
        Assert.Equal(Limits.Default, plan.Spec.Limits);
        Assert.Equal(Keep.Simulations, plan.Spec.Keep);
        Assert.Equal(1, plan.Points);
    }

    [Theory]
    [InlineData(10_000_000, Keep.Simulations)]
    [InlineData(10_000_001, Keep.Points)]
    public void Above_ten_million_simulations_only_points_are_kept(int replicates, Keep expected) =>
        Assert.Equal(expected, Read($"scenario: no-op\nreplicates: {replicates}").Spec.Keep);

    [Fact]
    public void A_log_axis_is_spaced_by_factors_and_its_ends_are_exact()
    {
        Axis axis = Read("scenario: no-op\naxes: [{ parameter: x, from: 0.3, to: 30, points: 3, scale: log }]").Spec.Axes[0];

        Assert.True(axis.IsLogarithmic);
        Assert.Equal((0.3, 30.0), (axis.Values[0], axis.Values[2]));

        // One power and one product, each good to an ulp or so.
        Assert.Equal(3, axis.Values[1], 1e-14);
    }

    [Fact]
    public void A_linear_axis_has_exact_ends()
    {
        // 0.1 + (0.7 − 0.1) is 0.7000000000000001 in binary arithmetic… or not: whatever it is, the end is 0.7.
        Axis axis = Read("scenario: no-op\naxes: [{ parameter: x, from: 0.1, to: 0.7, points: 7 }]").Spec.Axes[0];

        Assert.Equal((0.1, 0.7), (axis.Values[0], axis.Values[6]));
        Assert.False(axis.IsLogarithmic);
    }

    [Fact]
    public void An_axis_may_fall_and_may_be_one_point()
    {
        Plan plan = Read("scenario: no-op\naxes: [{ parameter: x, from: 2, to: 0, points: 3 }, { parameter: y, from: 5, to: 5, points: 1 }]");

        Assert.Equal([2.0, 1, 0], plan.Spec.Axes[0].Values);
        Assert.Equal([5.0], plan.Spec.Axes[1].Values);
    }

    [Theory]
    [InlineData("My map (2).yaml", "My-map--2-")]
    [InlineData("some/folder/wave-map.yaml", "wave-map")]
    [InlineData(".yaml", "sweep")]
    public void Without_a_name_it_is_made_from_the_file_name(string file, string name) =>
        Assert.Equal(name, SpecReader.Parse("scenario: no-op", file).Plan.Spec.Name);

    [Fact]
    public void The_example_is_read_from_its_file()
    {
        Plan plan = SpecReader.Read(Repository.PathOf("examples", "wave-map.yaml")).Plan;

        Assert.Equal(65 * 33 * 32, plan.Simulations);
        Assert.Equal($"wave-map-{plan.Identity[..6]}", plan.Id.Value);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. "scenario: no-op"u8]);
        try
        {
            Assert.Equal("no-op", SpecReader.Read(file).Plan.Spec.Scenario);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Replicates_of_a_scenario_with_randomness_give_no_warning() =>
        Assert.Empty(SpecReader.Parse("scenario: no-op\nreplicates: 5", "test.yaml").Warnings);

    [Fact]
    public void Replicates_of_a_scenario_without_randomness_are_a_warning()
    {
        PlanReading reading = SpecReader.Parse("scenario: fire-diffuse-fire\nreplicates: 5", "test.yaml");

        SpecError warning = Assert.Single(reading.Warnings);
        Assert.Equal(("replicates", 2, 13), (warning.Path, warning.Line, warning.Column));
        Assert.Equal(5, reading.Plan.Simulations);
    }

    private static Plan Read(string text) => SpecReader.Parse(text, "test.yaml").Plan;
}
