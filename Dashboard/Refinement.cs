using System.Globalization;
using System.Text.RegularExpressions;

namespace CalciumSweep.Dashboard;

/// <summary>A spec for a part of another one's map: the two axes run over the part, with as many points as before.</summary>
public static partial class Refinement
{
    private const int Parts = 6;

    /// <summary>Changes a spec's text; everything but the two axes stays.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="region"><c>x~from~to~y~from~to</c>, values in the axes' units; null changes nothing.</param>
    public static string Of(string spec, string? region)
    {
        string[] parts = (region ?? "").Split('~');
        if (parts.Length != Parts)
        {
            return spec;
        }

        string text = Axis(Axis(spec, parts[0], parts[1], parts[2]), parts[3], parts[4], parts[5]);
        return Name().Replace(text, "name: ${name}-part", 1);
    }

    // An axis of one line, as specs have them; values without a unit are in the parameter's own.
    private static string Axis(string spec, string parameter, string from, string to) => double.TryParse(from, CultureInfo.InvariantCulture, out _)
        && double.TryParse(to, CultureInfo.InvariantCulture, out _)
        ? Regex.Replace(
            spec, $@"(\{{[^}}]*parameter:\s*{Regex.Escape(parameter)}\s*,[^}}]*?)from:\s*[^,}}]+,(\s*)to:\s*[^,}}]+", $"$1from: {from},$2to: {to}",
            RegexOptions.None, TimeSpan.FromSeconds(1)) : spec;

    [GeneratedRegex(@"^name:\s*(?<name>[\w-]+?)(-part)?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
