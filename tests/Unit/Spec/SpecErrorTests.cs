using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

/// <summary>Specs that are wrong: what a user is told, and where.</summary>
public sealed class SpecErrorTests
{
    private const string NoOp = "scenario: no-op\n";
    private const string SiteLine = "scenario: site-line\n";

    [Theory]
    [InlineData(NoOp + "axis: []", "axis", "axis: unknown key 'axis'", "did you mean axes?")]
    [InlineData(NoOp + "axes: [{ parametr: x, values: [1] }]", "axes[0].parametr", "axes[0].parametr: unknown key 'parametr'", "did you mean parameter?")]
    [InlineData(SiteLine + "set: { serca.vmx: 3 }", "set.serca.vmx", "set.serca.vmx: unknown parameter of site-line 'serca.vmx'", "did you mean serca.vmax?")]
    [InlineData("scenario: site-lin", "scenario", "scenario: unknown scenario 'site-lin'", "did you mean site-line?")]
    [InlineData(NoOp + "observe: [sun]", "observe[0]", "observe[0]: unknown observable of no-op 'sun'", "did you mean sum?")]
    [InlineData(NoOp + "set: { cost: 5 sec }", "set.cost", "set.cost: unknown unit 'sec'; did you mean s?", "cost is in s")]
    [InlineData(NoOp + "set: { cost: 5 µM }", "set.cost", "set.cost: 'µM' does not fit here; write a number in s, e.g. 2 s", "cost is in s")]
    [InlineData(NoOp + "set: { cost: 2 x }", "set.cost", "set.cost: unknown unit 'x'; did you mean s?", "cost is in s")]
    [InlineData(NoOp + "set: { cost: 61 }", "set.cost", "set.cost: 61 exceeds the maximum of cost (60 s)", "choose a value from 0 s to 60 s")]
    [InlineData(NoOp + "axes: [{ parameter: cost, values: [1, -1] }]", "axes[0].values", "axes[0].values: -1 is below the minimum of cost (0 s)", "choose a value from 0 s to 60 s")]
    [InlineData(NoOp + "axes: [{ parameter: cost, from: 0, to: 61000 ms, points: 3 }]", "axes[0].to", "axes[0].to: 61 exceeds the maximum of cost (60 s)", "choose a value from 0 s to 60 s")]
    [InlineData(NoOp + "axes: [{ parameter: x, values: [1] }, { parameter: x, values: [2] }]", "axes[1].parameter", "axes[1].parameter: x is in axes[0] already", "remove one of the two")]
    [InlineData(NoOp + "set: { x: 1 }\naxes: [{ parameter: x, values: [1] }]", "axes[0].parameter", "axes[0].parameter: x is in set already", "remove one of the two")]
    [InlineData(NoOp + "axes: [{ parameter: x, values: [] }]", "axes[0].values", "axes[0].values: the axis is empty", "give at least one value, or remove the axis")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: 1, to: 2, points: 0 }]", "axes[0].points", "axes[0].points: the axis is empty", "give at least one point, or remove the axis")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: 0, to: 2, points: 3, scale: log }]", "axes[0]", "axes[0]: a log axis cannot reach or cross 0", "choose 'from' and 'to' both above 0, or scale: linear")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: -1, to: 2, points: 3, scale: log }]", "axes[0]", "axes[0]: a log axis cannot reach or cross 0", "choose 'from' and 'to' both above 0, or scale: linear")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: 1, to: 2, points: 1 }]", "axes[0]", "axes[0]: 1 points do not fit from 1 to 2", "choose at least 2 points, or values: […]")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: 1, to: 2, points: 3, scale: ln }]", "axes[0].scale", "axes[0].scale: unknown value 'ln'", "known: linear, log")]
    [InlineData(NoOp + "axes: [{ parameter: x, from: 1, points: 3 }]", "axes[0]", "axes[0]: has no 'to'", "an axis is {parameter, from, to, points} or {parameter, values: […]}")]
    [InlineData(NoOp + "axes: [{ parameter: x, values: [1], points: 3 }]", "axes[0]", "axes[0]: 'values' and 'points' exclude each other", "list the values, or give from, to and points")]
    [InlineData(NoOp + "axes: [{ parameter: x, values: [1, 2, 1.0] }]", "axes[0].values", "axes[0].values: 1 is there twice", "remove one of the two")]
    [InlineData(NoOp + "axes: [{ parameter: x, values: 3 }]", "axes[0].values", "axes[0].values: must be a list, not '3'", "write it as [a, b, c]")]
    [InlineData(NoOp + "axes: { parameter: x }", "axes", "axes: must be a list, not a map", "write it as [a, b, c]")]
    [InlineData(NoOp + "axes: [{ values: [1] }]", "axes[0]", "axes[0]: has no parameter", "add 'parameter: …'")]
    [InlineData(NoOp + "set: [x]", "set", "set: must be a map, not a list", "write it as { parameter: value }")]
    [InlineData(NoOp + "set:", "set", "set: has no value", "give it one, or remove the key")]
    [InlineData(NoOp + "set: { x: .nan }", "set.x", "set.x: '.nan' is not a finite number; write a plain number, e.g. 2", "x is a plain number")]
    [InlineData(NoOp + "set: { x: .inf }", "set.x", "set.x: '.inf' is not a finite number; write a plain number, e.g. 2", "x is a plain number")]
    [InlineData(NoOp + "sampling: {sobol: 64}", "sampling", "sampling: 'sobol' is not available yet", "write sampling: grid")]
    [InlineData(NoOp + "sampling: gird", "sampling", "sampling: unknown design 'gird'", "did you mean grid?")]
    [InlineData(NoOp + "replicates: {from: 8, to: 400}", "replicates", "replicates: the form {from, to, …} is not available yet", "write a whole number, e.g. replicates: 32")]
    [InlineData(NoOp + "replicates: 0", "replicates", "replicates: '0' is not a whole number from 1 to 2147483647", "correct the number")]
    [InlineData(NoOp + "replicates: 1.5", "replicates", "replicates: '1.5' is not a whole number from 1 to 2147483647", "correct the number")]
    [InlineData(NoOp + "seed: -1", "seed", "seed: '-1' is not a whole number from 0 to 18446744073709551615", "e.g. seed: 1")]
    [InlineData(NoOp + "keep: all", "keep", "keep: unknown value 'all'", "known: simulations, points")]
    [InlineData(NoOp + "limits: { wallTime: 0 s }", "limits.wallTime", "limits.wallTime: 0 s is not from 0.001 s to 1000000 s", "e.g. wallTime: 60 s")]
    [InlineData(NoOp + "observe: [sum, sum]", "observe[1]", "observe[1]: sum is there twice", "remove one of the two")]
    [InlineData(NoOp + "name: wave map", "name", "name: must be 1 to 64 of the characters A–Z a–z 0–9 . _ - and not begin with . or -", "e.g. name: wave-map")]
    [InlineData(NoOp + "name: ../up", "name", "name: must be 1 to 64 of the characters A–Z a–z 0–9 . _ - and not begin with . or -", "e.g. name: up")]
    [InlineData(NoOp + "seed: 1\nseed: 2", "seed", "seed: the key is there twice", "remove one of the two")]
    [InlineData("scenari: no-op", "scenari", "scenari: unknown key 'scenari'", "did you mean scenario?")]
    [InlineData("seed: 1", "scenario", "scenario: is missing", null)]
    [InlineData("scenario: nowhere/at-all.yaml", "scenario", "scenario: nowhere/at-all.yaml does not exist", "check the path")]
    public void A_mistake_is_named_with_its_path_and_a_remedy(string text, string path, string message, string? hint)
    {
        SpecError error = Assert.Single(Errors(text));

        Assert.Equal(message, error.Message);
        Assert.Equal(path, error.Path);
        Assert.NotNull(error.Line);
        Assert.NotNull(error.Hint);
        Assert.Equal(hint ?? error.Hint, error.Hint);
    }

    [Fact]
    public void An_error_has_line_and_column()
    {
        SpecError error = Assert.Single(Errors("""
            scenario: no-op
            axes:
              - { parameter: x, values: [1] }
              - { parameter: cost, values: [1, 99] }
            """));

        Assert.Equal((4, 36), (error.Line, error.Column));
        Assert.Equal("line 4, column 36: axes[1].values: 99 exceeds the maximum of cost (60 s); choose a value from 0 s to 60 s", error.ToString());
    }

    [Fact]
    public void All_errors_of_a_file_come_at_once() =>
        Assert.Equal(
            ["sede", "name", "replicates", "set.z", "axes[0].to"],
            Errors("""
                name: a b
                scenario: no-op
                sede: 1
                replicates: many
                set: { z: 1 }
                axes: [{ parameter: cost, from: 0, to: 1 km, points: 3 }]
                """).Select(e => e.Path ?? ""), StringComparer.Ordinal);

    [Fact]
    public void A_thousand_errors_are_not_all_shown()
    {
        IReadOnlyList<SpecError> errors = Errors($"{NoOp}axes: [{{ parameter: cost, values: [{string.Join(", ", Enumerable.Range(61, 1000))}] }}]");

        Assert.Equal(101, errors.Count);
        Assert.Equal("and 900 more errors", errors[100].Message);
    }

    [Fact]
    public void More_points_than_64_bits_count_are_refused()
    {
        // 10⁶ · 10⁶ · 10⁶ · 2·10⁹ = 2·10²⁷
        SpecError error = Assert.Single(Errors(NoOp + """
            replicates: 2000000000
            axes:
              - { parameter: x, from: 0, to: 1, points: 1000000 }
              - { parameter: y, from: 0, to: 1, points: 1000000 }
              - { parameter: cost, from: 0, to: 1, points: 1000000 }
            """));

        Assert.Equal("axes: points × replicates is 2e+27, more than 64 bits can count", error.Message);
    }

    [Fact]
    public void An_axis_that_does_not_fit_in_memory_is_refused() =>
        Assert.Equal(
            "axes[0].points: 4000000000000 points on one axis are more than 1000000",
            Assert.Single(Errors(NoOp + "axes: [{ parameter: x, from: 0, to: 1, points: 4000000000000 }]")).Message);

    [Fact]
    public void Points_closer_than_the_numbers_are_refused() =>
        Assert.Equal(
            "axes[0]: the points are too close to differ",
            Assert.Single(Errors(NoOp + "axes: [{ parameter: x, from: 1, to: 1.0000000000000002, points: 9 }]")).Message);

    [Fact]
    public void A_count_must_be_whole()
    {
        Assert.Equal(
            "set.sites.count: 12.5 is not a whole number; sites.count is a count",
            Assert.Single(Errors(SiteLine + "set: { sites.count: 12.5 }")).Message);
        Assert.Equal(
            "axes[0]: 12.5 is not a whole number; sites.count is a count",
            Assert.Single(Errors(SiteLine + "axes: [{ parameter: sites.count, from: 12, to: 13, points: 3 }]")).Message);
    }

    [Theory]
    [InlineData("set: { channels: 5, start.open: 7 }", "set: start.open (7) exceeds channels (5)")]
    [InlineData("axes: [{ parameter: channels, values: [20, 5, 30] }, { parameter: start.open, values: [0, 7] }]", "axes: at channels = 5, start.open = 7: start.open (7) exceeds channels (5)")]
    public void Values_are_checked_together_in_set_and_at_the_least_and_greatest_of_a_list(string text, string start) =>
        Assert.StartsWith(start, Assert.Single(Errors("scenario: channel-cluster\n" + text)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<SpecError> Errors(string text) =>
        Assert.Throws<SpecException>(() => SpecReader.Parse(text, "test.yaml")).Errors;
}
