using System.Globalization;
using System.Text;
using System.Text.Json;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A part of a map as a table: a row a point, with its stored value and not the level that it is painted with.</summary>
/// <param name="Grid">The map; of outcomes their classes, from 1.</param>
/// <param name="Value">Name of the last column, with its unit.</param>
/// <param name="IsClass">True if the values are outcomes.</param>
/// <param name="Part">Which part.</param>
internal sealed record DiagramTable(PhaseGrid Grid, string Value, bool IsClass, DiagramPart Part)
{
    private string XName => $"{Grid.X.Parameter} [{Grid.X.Unit}]";

    private string YName => $"{Grid.Y.Parameter} [{Grid.Y.Unit}]";

    /// <summary>The class of a point; NaN = nothing yet.</summary>
    public static double Class(PointSummary point) => DiagramValue.ClassOf<long>([.. point.Tally.Counts]) is var found and > 0 ? found : double.NaN;

    /// <summary>As CSV.</summary>
    public string Csv()
    {
        var text = new StringBuilder($"{XName},{YName},{Value}\n");
        foreach ((int row, int column) in Cells())
        {
            double value = Grid.Values[row, column];
            text.Append(Number(Grid.X.Values[column])).Append(',').Append(Number(Grid.Y.Values[row])).Append(',')
                .Append(IsClass ? Word(value) : double.IsFinite(value) ? Number(value) : "").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>As Parquet; the file's metadata hold the campaign, its spec and where the other axes are held.</summary>
    public async Task<byte[]> ParquetAsync(CampaignRecord record, CancellationToken cancel)
    {
        var table = new ParquetTable<(int Row, int Column)>();
        table.Add(XName, double? (at) => Grid.X.Values[at.Column]);
        table.Add(YName, double? (at) => Grid.Y.Values[at.Row]);
        if (IsClass)
        {
            table.Add(Value, at => Grid.Values[at.Row, at.Column] is var value && double.IsFinite(value) ? Word(value) : null);
        }
        else
        {
            table.Add(Value, double? (at) => Grid.Values[at.Row, at.Column] is var value && double.IsFinite(value) ? value : null);
        }

        using var file = new MemoryStream();
        await table.WriteAsync(
            file,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["campaign"] = record.Id.Value,
                ["identity"] = record.Identity,
                ["spec"] = record.SpecText,
                ["at"] = JsonSerializer.Serialize(
                    Grid.Held.ToDictionary(held => held.Axis.Parameter, held => held.Value, StringComparer.Ordinal), JsonForm.Options),
            },
            Cells(), cancel).ConfigureAwait(false);
        return file.ToArray();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(double value) => double.IsFinite(value) ? DiagramValue.ClassNames[(int)value - 1] : "";

    private IEnumerable<(int Row, int Column)> Cells() =>
        from row in Enumerable.Range(0, Grid.Y.Values.Count)
        from column in Enumerable.Range(0, Grid.X.Values.Count)
        where Part.Contains(Grid.X.Values[column], Grid.Y.Values[row])
        select (row, column);
}
