using System.Globalization;
using System.Text.RegularExpressions;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>What <c>/metrics</c> of several nodes said, over some time: families, and the series of each with their last values.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _labels = new(StringComparer.Ordinal);

    /// <summary>Families with their types.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>Names of series: those of a histogram end in <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</summary>
    public IReadOnlyCollection<string> Series => _labels.Keys;

    /// <summary>Largest value of each series, as the name and labels stand there.</summary>
    public Dictionary<string, double> Largest { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of a series' labels, without those that the exporter adds.</summary>
    public IReadOnlyCollection<string> LabelsOf(string series) => _labels.TryGetValue(series, out var labels) ? labels.Keys : [];

    /// <summary>Takes what a node said.</summary>
    public void Add(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                _types[words[2]] = words[3];
            }
            else if (line[0] != '#')
            {
                AddSeries(line);
            }
        }
    }

    private void AddSeries(string line)
    {
        Match match = SeriesLine().Match(line);
        string name = match.Groups["name"].Value;
        if (!_labels.TryGetValue(name, out Dictionary<string, string>? labels))
        {
            _labels[name] = labels = new(StringComparer.Ordinal);
        }

        foreach (Match label in Label().Matches(match.Groups["labels"].Value).Where(label => !label.Groups["name"].Value.StartsWith("otel_", StringComparison.Ordinal)))
        {
            labels[label.Groups["name"].Value] = label.Groups["value"].Value;
        }

        double value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        string key = line[..match.Groups["value"].Index].TrimEnd();
        Largest[key] = Math.Max(value, Largest.GetValueOrDefault(key, double.NegativeInfinity));
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:]+)(\{(?<labels>.*)\})? (?<value>[^ ]+)( \d+)?$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SeriesLine();

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
