using System.Globalization;
using CalciumSweep.Shared.Spec;
using CsCheck;
using Xunit;

namespace CalciumSweep.Unit.Spec;

/// <summary>Points and their order, and the properties of a spec's identity.</summary>
public sealed class PlanTests
{
    private static readonly Gen<double> _number = Gen.Double[-1e9, 1e9];

    [Fact]
    public void Points_run_row_major_and_the_last_axis_varies_fastest()
    {
        Plan plan = Read("axes: [{ parameter: y, values: [10, 20] }, { parameter: x, values: [1, 2, 3] }]");

        Assert.Equal(6, plan.Points);
        Assert.Equal(
            [(1.0, 10.0), (2, 10), (3, 10), (1, 20), (2, 20), (3, 20)],
            Enumerable.Range(0, 6).Select(i => plan.Parameters(i)).Select(v => (v[0], v[1])));
    }

    [Fact]
    public void Coordinates_count_every_point_once() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 6]).Sample(
            (a, b, c) =>
            {
                Plan plan = Read($"axes: [{Axis("x", a)}, {Axis("y", b)}, {Axis("cost", c)}]");
                return plan.Points == a * b * c
                    && Enumerable.Range(0, a * b * c).All(i => plan.Coordinates(i) is [var k, var l, var m] && (((k * b) + l) * c) + m == i);
            },
            iter: 50);

    [Fact]
    public void A_value_comes_back_with_its_bits() =>
        _number.Sample(x => Bits(Read($"set: {{ x: {Text(x)} }}").Parameters(0)[0]) == Bits(x + 0.0), iter: 200);

    [Fact]
    public void Two_identities_agree_just_when_the_values_do() =>
        Gen.Select(_number, _number).Sample(
            (a, b) => string.Equals(Identity($"set: {{ x: {Text(a)} }}"), Identity($"set: {{ x: {Text(b)} }}"), StringComparison.Ordinal) == (a == b), iter: 100);

    [Fact]
    public void The_order_of_set_does_not_enter_and_that_of_axes_does()
    {
        Assert.Equal(Identity("set: { x: 1, y: 2 }"), Identity("set: { y: 2, x: 1 }"));
        Assert.NotEqual(Identity($"axes: [{Axis("x", 3)}, {Axis("y", 3)}]"), Identity($"axes: [{Axis("y", 3)}, {Axis("x", 3)}]"), StringComparer.Ordinal);
    }

    [Fact]
    public void The_spelling_of_a_unit_does_not_enter() =>
        Gen.Int[0, 60_000].Sample(
            ms => Identity($"set: {{ cost: {ms} ms }}") == Identity($"set: {{ cost: {Text(ms / 1000.0)} }}"), iter: 100);

    [Fact]
    public void A_finer_axis_holds_the_coarser_ones_values_bit_for_bit() =>
        Gen.Select(Gen.Double[0.001, 1], Gen.Double[2, 1e6], Gen.Int[1, 6], Gen.Bool).Sample(
            (from, to, k, isLog) =>
            {
                string Range(int n) =>
                    $"axes: [{{ parameter: x, from: {Text(from)}, to: {Text(to)}, points: {n}, scale: {(isLog ? "log" : "linear")} }}]";
                IReadOnlyList<double> coarse = Read(Range((1 << k) + 1)).Spec.Axes[0].Values;
                IReadOnlyList<double> fine = Read(Range((2 << k) + 1)).Spec.Axes[0].Values;
                return coarse[0] == from && coarse[^1] == to && coarse.Select((v, i) => v == fine[2 * i]).All(same => same);
            },
            iter: 100);

    // Whole numbers from 1 on: within the bounds of every parameter of the scenario.
    private static string Axis(string parameter, int points) =>
        $"{{ parameter: {parameter}, values: [{string.Join(", ", Enumerable.Range(1, points))}] }}";

    private static Plan Read(string text) => SpecReader.Parse("scenario: no-op\n" + text, "test.yaml").Plan;

    private static string Identity(string text) => Read(text).Identity;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
