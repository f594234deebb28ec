using System.Globalization;

namespace CalciumSweep.Dashboard;

/// <summary>Numbers as a page shows them: thousands apart, four digits, never without a unit.</summary>
public static class Shown
{
    private static readonly NumberFormatInfo _thin = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };

    /// <summary>A whole number.</summary>
    public static string Count(long value) => value.ToString("N0", _thin);

    /// <summary>A number with its unit; – for none.</summary>
    public static string Value(double? value, string unit) => value is not { } number || !double.IsFinite(number) ? "–"
        : Number(number) + (unit is "1" or "" ? "" : "\u00a0" + unit);

    /// <summary>Four digits.</summary>
    public static string Number(double value)
    {
        // Rounded first: what a logarithmic axis has as 0.00099999… is 0.001.
        double rounded = double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), size = Math.Abs(rounded);
        if (size != 0 && size is < 1e-3 or >= 1e5)
        {
            string[] parts = rounded.ToString("0.###e0", CultureInfo.InvariantCulture).Split('e');
            string ten = "10" + string.Concat(parts[1].Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
            return parts[0] switch { "1" => ten, "-1" => "-" + ten, _ => $"{parts[0]}·{ten}" };
        }

        return rounded.ToString("0.#######", CultureInfo.InvariantCulture);
    }

    /// <summary>A share of one.</summary>
    public static string Percent(double share) => share is > 0 and < 0.001 ? "< 0.1\u00a0%"
        : share is > 0.999 and < 1 ? "> 99.9\u00a0%" : $"{(100 * share).ToString("0.#", CultureInfo.InvariantCulture)}\u00a0%";

    /// <summary>Simulations in a second.</summary>
    public static string Rate(double perSecond) => (perSecond >= 100 ? Count((long)perSecond) : Number(perSecond)) + "\u00a0/s";

    /// <summary>A length of time.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        > 0 and < 0.05 => "< 0.1\u00a0s",
        < 10 => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)}\u00a0s",
        < 90 => $"{Math.Round(seconds)}\u00a0s",
        < 5400 => $"{Math.Round(seconds / 60)}\u00a0min",
        < 129_600 => $"{Math.Floor(seconds / 3600)}\u00a0h\u00a0{Math.Floor(seconds % 3600 / 60)}\u00a0min",
        _ => $"{Math.Round(seconds / 86400)}\u00a0days",
    };

    /// <summary>A range of time.</summary>
    public static string Range(double low, double high)
    {
        (string from, string to) = (Duration(low), Duration(high));
        return from == to ? from : $"{from} – {to}";
    }

    /// <summary>A size.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1e6 => $"{Math.Ceiling(bytes / 1e3)}\u00a0kB",
        < 1e9 => $"{Math.Round(bytes / 1e6)}\u00a0MB",
        _ => $"{(bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture)}\u00a0GB",
    };

    /// <summary>A moment, UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
