using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

public sealed class NearestTests
{
    private static readonly string[] _names = ["serca.vmax", "serca.k", "sites.spacing", "release.gain"];

    [Theory]
    [InlineData("serca.vmx", "serca.vmax")]
    [InlineData("serca.vmaxx", "serca.vmax")]
    [InlineData("serca.vamx", "serca.vmax")]
    [InlineData("Sites.Spacing", "sites.spacing")]
    [InlineData("gain", "release.gain")]
    [InlineData("spacing", "sites.spacing")]
    public void A_slip_finds_the_word_that_was_meant(string word, string meant) => Assert.Equal(meant, Nearest.Of(word, _names));

    [Theory]
    [InlineData("")]
    [InlineData("temperature")]
    public void A_far_word_finds_nothing(string word) => Assert.Null(Nearest.Of(word, _names));

    [Fact]
    public void A_very_long_word_finds_nothing() => Assert.Null(Nearest.Of(new string('s', 100_000), _names));

    // Two swaps of neighbours are two slips, not four.
    [Fact]
    public void A_swap_of_neighbours_is_one_slip() => Assert.Equal("abcdef", Nearest.Of("badcef", ["abcdef"]));
}
