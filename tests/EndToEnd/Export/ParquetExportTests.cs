using System.Globalization;
using CalciumSweep.EndToEnd.Cli;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace CalciumSweep.EndToEnd.Export;

/// <summary>A file that others read: the numbers of the CSV, to the last bit, with the spec that made them.</summary>
public sealed class ParquetExportTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_file_holds_the_columns_and_numbers_of_the_csv(bool replicates)
    {
        string spec = _box.WriteSpec(), file = Path.Combine(_box.Folder, "out.parquet");
        string id = _box.Run("run", spec, "--json").Json.GetProperty("campaign").GetString()!;
        string[] flags = replicates ? ["--replicates"] : [];
        Assert.Equal(0, _box.Run(["export", id, "--format", "parquet", "--out", file, .. flags]).ExitCode);
        string[][] csv = [.. _box.Run(["export", id, "--format", "csv", .. flags]).Output.TrimEnd().Split('\n').Select(line => line.Split(','))];

        await using ParquetReader reader = await ParquetReader.CreateAsync(file);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(string.Join(",", csv[0]), string.Join(",", fields.Select(field => field.Name)));
        Assert.Equal(await File.ReadAllTextAsync(spec), reader.CustomMetadata["spec"]);
        Assert.Equal(id, reader.CustomMetadata["campaign"]);
        Assert.Contains("\"x\":\"1\"", reader.CustomMetadata["units"], StringComparison.Ordinal);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal((1, csv.Length - 1), (reader.RowGroupCount, (int)group.RowCount));
        for (int column = 0; column < fields.Length; column++)
        {
            Assert.Equal(csv[1..].Select(row => row[column]), await TextAsync(group, fields[column], csv.Length - 1), StringComparer.Ordinal);
        }
    }

    private static async Task<IEnumerable<string>> TextAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        // The library's type of words is its own.
        if (field.ClrType != typeof(long) && field.ClrType != typeof(double))
        {
            var words = new string?[rows];
            await group.ReadAsync(field, words.AsMemory()!);
            return words.Select(word => word ?? "");
        }

        if (field.ClrType == typeof(long))
        {
            var counts = new long[rows];
            await group.ReadAsync<long>(field, counts.AsMemory());
            return counts.Select(count => count.ToString(CultureInfo.InvariantCulture));
        }

        var numbers = new double?[rows];
        await group.ReadAsync<double>(field, numbers.AsMemory());
        return numbers.Select(number => number?.ToString("R", CultureInfo.InvariantCulture) ?? "");
    }
}
