using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("50 µM", "µM", 50)]
    [InlineData("50 μM", "µM", 50)]
    [InlineData("50 uM", "µM", 50)]
    [InlineData("50uM", "µM", 50)]
    [InlineData("0.05 mM", "µM", 50)]
    [InlineData("100 nM", "µM", 0.1)]
    [InlineData("0.00005 M", "µM", 50)]
    [InlineData("2", "µM", 2)]
    [InlineData(" -2.5e-3 ", "1", -0.0025)]
    [InlineData(".5", "1", 0.5)]
    [InlineData("+5.", "1", 5)]
    [InlineData("10 ms", "s", 0.01)]
    [InlineData("0.5 µm", "µm", 0.5)]
    [InlineData("500 nm", "µm", 0.5)]
    [InlineData("1 cm", "µm", 10_000)]
    [InlineData("2 km", "m", 2000)]
    [InlineData("3 pA", "fA", 3000)]
    [InlineData("-80 mV", "V", -0.08)]
    [InlineData("25 %", "1", 0.25)]
    [InlineData("30 µm²/s", "µm²/s", 30)]
    [InlineData("30 um^2/s", "µm²/s", 30)]
    [InlineData("30 um2/s", "µm²/s", 30)]
    [InlineData("3e-7 cm²/s", "µm²/s", 30)]
    [InlineData("1 mm³/s", "µm³/s", 1e9)]
    [InlineData("0.4 mM/s", "µM/s", 400)]
    [InlineData("0.4 µM/ms", "µM/s", 400)]
    [InlineData("5 /s", "1/s", 5)]
    [InlineData("5 1/s", "/s", 5)]
    [InlineData("5 s^-1", "1/s", 5)]
    [InlineData("5 s⁻¹", "1/s", 5)]
    [InlineData("5 /ms", "1/s", 5000)]
    [InlineData("1 kHz", "1/s", 1000)]
    [InlineData("7 /µM/s", "1/(µM s)", 7)]
    [InlineData("7 1/(µM s)", "/µM/s", 7)]
    [InlineData("7 /mM/s", "1/(µM s)", 0.007)]
    public void A_quantity_is_converted_to_the_unit_asked_for(string text, string unit, double expected)
    {
        Assert.True(Quantity.TryParse(text, unit, out double value, out string problem), problem);

        // Exactly: the value is the double nearest to the decimal number.
        Assert.Equal(expected, value);
        Assert.Empty(problem);
    }

    // 0.07 · 1000 is 70.00000000000001 in binary arithmetic.
    [Fact]
    public void Two_ways_to_write_a_quantity_give_the_same_bits()
    {
        Assert.True(Quantity.TryParse("0.07 mM", "µM", out double value, out _));
        Assert.Equal(70.0, value);
    }

    [Fact]
    public void Minus_zero_is_zero()
    {
        Assert.True(Quantity.TryParse("-0", "1", out double value, out _));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("50 µm", "µM", "'µm' does not fit here; write a number in µM, e.g. 2 µM")]
    [InlineData("50 µM", "1", "'µM' does not fit here; write a plain number, e.g. 2")]
    [InlineData("1 /s", "s", "'/s' does not fit here; write a number in s, e.g. 2 s")]
    [InlineData("50 µMM", "µM", "unknown unit 'µMM'; did you mean µM?")]
    [InlineData("5 parsec", "µm", "unknown unit 'parsec'; did you mean µm?")]
    [InlineData("5 cs", "s", "unknown unit 'cs'; did you mean s?")]
    [InlineData("fast", "µM/s", "'fast' is not a number; write a number in µM/s, e.g. 2 µM/s")]
    [InlineData("", "1", "'' is not a number; write a plain number, e.g. 2")]
    [InlineData("NaN", "1", "'NaN' is not a finite number; write a plain number, e.g. 2")]
    [InlineData(".inf", "1", "'.inf' is not a finite number; write a plain number, e.g. 2")]
    [InlineData("-Infinity", "1", "'-Infinity' is not a finite number; write a plain number, e.g. 2")]
    [InlineData("1e400", "1", "'1e400' is not a number this program can hold (up to 1.8e308)")]
    [InlineData("1e99999999999", "1", "'1e99999999999' is not a number this program can hold (up to 1.8e308)")]
    [InlineData("1,5", "1", "unknown unit ',5'; write a plain number")]
    public void What_is_not_a_quantity_is_refused_with_a_remedy(string text, string unit, string expected)
    {
        Assert.False(Quantity.TryParse(text, unit, out double value, out string problem));
        Assert.Equal(expected, problem);
        Assert.Equal(0, value);
    }

    [Theory]
    [InlineData("µM//s")]
    [InlineData("µM/")]
    [InlineData("(µM")]
    [InlineData("µM)")]
    [InlineData("µM^")]
    [InlineData("()")]
    [InlineData("/")]
    public void A_broken_unit_is_refused(string unit) => Assert.False(Quantity.TryParse("1 " + unit, "µM", out _, out _));

    [Fact]
    public void A_very_long_unit_is_refused() => Assert.False(Quantity.TryParse("1 " + new string('(', 100_000), "µM", out _, out _));
}
