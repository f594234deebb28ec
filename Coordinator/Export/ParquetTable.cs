using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A table that goes out as Parquet, some rows at a time.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
internal sealed class ParquetTable<TRow>
{
    // A few megabytes of memory for tens of columns, and groups that readers can skip.
    private const int RowsInGroup = 1 << 16;

    private readonly List<Field> _fields = [];
    private readonly List<Func<ParquetRowGroupWriter, DataField, List<TRow>, CancellationToken, Task>> _columns = [];

    /// <summary>A column of numbers; null is unknown.</summary>
    public void Add(string name, Func<TRow, double?> value) => Add(
        new DataField<double?>(name),
        (group, field, rows, cancel) => group.WriteAsync<double>(field, rows.Select(value).ToArray(), null, null, cancel));

    /// <summary>A column of counts.</summary>
    public void Add(string name, Func<TRow, long> value) => Add(
        new DataField<long>(name), (group, field, rows, cancel) => group.WriteAsync<long>(field, rows.Select(value).ToArray(), null, null, cancel));

    /// <summary>A column of words; null is none.</summary>
    public void Add(string name, Func<TRow, string?> value) => Add(
        new DataField<string>(name), (group, field, rows, _) => group.WriteAsync(field, rows.Select(value).ToArray()!));

    /// <summary>Writes the rows.</summary>
    /// <param name="output">Can be sought in.</param>
    /// <param name="metadata">Of the file.</param>
    /// <param name="rows">All rows; read once.</param>
    /// <param name="cancel">Gives it up.</param>
    public async Task WriteAsync(
        Stream output, IReadOnlyDictionary<string, string> metadata, IEnumerable<TRow> rows, CancellationToken cancel)
    {
        var schema = new ParquetSchema(_fields);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        ParquetWriter writer = await ParquetWriter.CreateAsync(schema, output, options, cancellationToken: cancel).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = metadata;
            DataField[] fields = schema.GetDataFields();
            foreach (TRow[] some in rows.Chunk(RowsInGroup))
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int i = 0; i < fields.Length; i++)
                {
                    await _columns[i](group, fields[i], [.. some], cancel).ConfigureAwait(false);
                }
            }
        }
    }

    private void Add(DataField field, Func<ParquetRowGroupWriter, DataField, List<TRow>, CancellationToken, Task> write)
    {
        _fields.Add(field);
        _columns.Add(write);
    }
}
