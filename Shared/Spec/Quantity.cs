using System.Globalization;

namespace CalciumSweep.Shared.Spec;

/// <summary>A number with a unit, as a user types it.</summary>
public static class Quantity
{
    private static readonly string[] _commonUnits =
    [
        "nM", "µM", "mM", "M", "nm", "µm", "mm", "cm", "m", "µs", "ms", "s", "1/s", "Hz", "µM/s", "mM/s", "µm/s", "µm²",
        "µm²/s", "µm³", "µm³/s", "mV", "pA", "%",
    ];

    /// <summary>Reads <c>50 µM</c>, <c>0.05 mM</c> or <c>2</c> (a bare number is in <paramref name="unit"/>).</summary>
    /// <param name="text">What the user typed.</param>
    /// <param name="unit">The unit the value is wanted in; <c>1</c> for none.</param>
    /// <param name="value">
    /// The value in <paramref name="unit"/>: the double nearest to the decimal number meant, so that every way of
    /// writing one quantity gives the same bits.
    /// </param>
    /// <param name="problem">Why it failed, with a remedy; empty if it did not.</param>
    public static bool TryParse(string text, string unit, out double value, out string problem)
    {
        value = 0;
        string trimmed = text.Trim();
        int mantissa = MantissaEnd(trimmed);
        if (mantissa == 0)
        {
            problem = $"'{Shorten(trimmed)}' is not a {(IsNotFinite(trimmed) ? "finite " : "")}number; write {Example(unit)}";
            return false;
        }

        int end = ExponentEnd(trimmed, mantissa);
        int shift = 0;
        problem = "";
        string given = trimmed[end..].Trim();
        return (given.Length == 0 || TryShift(given, unit, out shift, out problem))
            && TryNumber(trimmed, mantissa, end, shift, out value, out problem);
    }

    // The shift goes into the decimal exponent: 0.07 · 100 in binary would be 7.000000000000001.
    private static bool TryNumber(string text, int mantissa, int end, int shift, out double value, out string problem)
    {
        problem = "";
        int exponent = 0;
        bool isReadable = mantissa == end
            || int.TryParse(text.AsSpan(mantissa + 1, end - mantissa - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        value = !isReadable || Math.Abs((long)exponent) > 10_000
            ? double.NaN
            : double.Parse($"{text[..mantissa]}e{exponent + shift}", NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            (value, problem) = (0, $"'{Shorten(text[..end])}' is not a number this program can hold (up to 1.8e308)");
            return false;
        }

        value = value == 0 ? 0 : value; // −0 is 0: the bits are part of a spec's identity
        return true;
    }

    private static bool TryShift(string given, string unit, out int shift, out string problem)
    {
        (shift, problem) = (0, "");
        if (given == unit)
        {
            return true;
        }

        if (!UnitSize.TryParse(given, out UnitSize from))
        {
            string guess = Nearest.Of(given, [unit, .. _commonUnits]) ?? unit;
            problem = $"unknown unit '{Shorten(given)}'; {(guess == "1" ? "write a plain number" : $"did you mean {guess}?")}";
            return false;
        }

        if (!UnitSize.TryParse(unit, out UnitSize to) || !from.Fits(to))
        {
            problem = $"'{given}' does not fit here; write {Example(unit)}";
            return false;
        }

        shift = from.Ten - to.Ten;
        return true;
    }

    private static int MantissaEnd(string text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int digits = 0;
        bool hasPoint = false;
        for (; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                digits++;
            }
            else if (text[at] == '.' && !hasPoint)
            {
                hasPoint = true;
            }
            else
            {
                break;
            }
        }

        return digits == 0 ? 0 : at;
    }

    private static int ExponentEnd(string text, int mantissa)
    {
        int at = mantissa;
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return mantissa;
        }

        at += at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
        int digits = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at == digits ? mantissa : at;
    }

    private static bool IsNotFinite(string text) =>
        text.TrimStart('+', '-', '.').ToLowerInvariant() is "nan" or "inf" or "infinity" or "∞";

    private static string Example(string unit) => unit == "1" ? "a plain number, e.g. 2" : $"a number in {unit}, e.g. 2 {unit}";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
