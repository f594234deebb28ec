using System.Globalization;
using System.Text.Json;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Reads back what <c>export</c> wrote: numbers come back to the same bits.</summary>
public static class ExportReading
{
    /// <summary>The points of a JSON export.</summary>
    public static async Task<CampaignPoints> PointsAsync(Stream stream, CancellationToken cancel)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(stream, default, cancel).ConfigureAwait(false);
        JsonElement root = document.RootElement;
        string campaign = root.GetProperty("campaign").GetString()!;
        Plan plan = SpecReader.Parse(root.GetProperty("spec").GetString()!, campaign).Plan;
        return new(campaign, plan, [.. root.GetProperty("points").EnumerateArray().Select(point => PointOf(point, plan))]);
    }

    /// <summary>The simulations of a CSV export with one row a replicate; streams, and closes the stream at its end.</summary>
    public static IEnumerable<StoredSimulation> Simulations(Stream stream, Plan plan)
    {
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        int axes = plan.Spec.Axes.Count, kept = plan.ObserveIndex.Count;
        while (reader.ReadLine() is { } line)
        {
            string[] fields = Fields(line);
            yield return new(
                long.Parse(fields[axes], CultureInfo.InvariantCulture), int.Parse(fields[axes + 1], CultureInfo.InvariantCulture),
                OutcomeOf(fields[axes + 2]), [.. fields[^kept..].Select(Number)]);
        }
    }

    private static PointSummary PointOf(JsonElement point, Plan plan)
    {
        var counts = new long[Tally.Empty.Counts.Count];
        foreach (JsonProperty outcome in point.GetProperty("outcomes").EnumerateObject())
        {
            counts[(int)OutcomeOf(outcome.Name)] = outcome.Value.GetInt64();
        }

        // A scenario without classes counts its replicates only.
        counts[(int)Outcome.None] = point.GetProperty("n").GetInt64() - counts.Sum();
        JsonElement observables = point.GetProperty("observables");
        return new(
            point.GetProperty("index").GetInt64(), new Tally(counts),
            [
                .. plan.ObserveIndex.Select(i => observables.GetProperty(plan.Model.Observables[i].Name))
                    .Select(o => new ObservableSummary(o.GetProperty("n").GetInt32(), Known(o.GetProperty("mean")), Known(o.GetProperty("sd")))),
            ]);
    }

    private static double? Known(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static Outcome OutcomeOf(string name) => name.Length == 0 ? Outcome.None : Enum.Parse<Outcome>(name, ignoreCase: true);

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    // A reason stands in quotes, in which a comma is one and two quotes are one.
    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        bool isQuoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        return [.. fields, field.ToString()];
    }
}
