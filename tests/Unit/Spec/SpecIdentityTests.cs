using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

public sealed class SpecIdentityTests
{
    private const string Text = """
        name: a
        scenario: no-op
        set: { y: 3 }
        axes: [{ parameter: x, from: 0, to: 4, points: 5 }]
        replicates: 2
        seed: 1
        observe: [sum, draw]
        """;

    [Fact]
    public void It_is_64_lower_case_hex_digits() => Assert.Matches("^[0-9a-f]{64}$", Identity(Text));

    [Theory]
    [InlineData("name: a", "name: b")]
    [InlineData("name: a", "# a comment\nname: a\nkeep: points")]
    [InlineData("name: a", "name: a\nlimits: { attempts: 9 }")]
    [InlineData("name: a", "sampling: grid")]
    [InlineData("from: 0, to: 4, points: 5", "values: [0, 1, 2, 3, 4.0]")]
    [InlineData("y: 3", "y: 300 %")]
    [InlineData("y: 3", "y: 3, cost: 0")]
    [InlineData("seed: 1", "")]
    [InlineData("observe: [sum, draw]", "")]
    public void What_changes_no_result_does_not_enter(string from, string to) => Assert.Equal(Identity(Text), Identity(Replaced(from, to)));

    [Theory]
    [InlineData("y: 3", "y: 3.0000000000000004")]
    [InlineData("y: 3", "cost: 3")]
    [InlineData("points: 5", "points: 4")]
    [InlineData("parameter: x", "parameter: cost")]
    [InlineData("replicates: 2", "replicates: 3")]
    [InlineData("seed: 1", "seed: 2")]
    [InlineData("observe: [sum, draw]", "observe: [sum]")]
    [InlineData("observe: [sum, draw]", "observe: [draw, sum]")]
    public void What_changes_a_result_enters(string from, string to) => Assert.NotEqual(Identity(Text), Identity(Replaced(from, to)), StringComparer.Ordinal);

    private static string Replaced(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        return Text.Replace(from, to, StringComparison.Ordinal);
    }

    private static string Identity(string text) => SpecReader.Parse(text, "test.yaml").Plan.Identity;
}
