using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>The writing connection, its transaction and its prepared statements.</summary>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <summary>Commits when <paramref name="write"/> returns, rolls back when it throws.</summary>
    public T InTransaction<T>(Func<SqliteWriter, T> write)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        _transaction = transaction;
        T result = write(this);
        transaction.Commit();
        return result;
    }

    /// <summary>Runs a statement, prepared at its first use.</summary>
    /// <param name="sql">Text with parameters $1, $2, ….</param>
    /// <param name="values">Their values.</param>
    /// <returns>Rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query, prepared at its first use.</summary>
    /// <param name="sql">Text with parameters $1, $2, ….</param>
    /// <param name="values">Their values.</param>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteReader();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"${i + 1}", DBNull.Value));
            }

            _prepared.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
