using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>Short forms of ADO.NET for statements that run once.</summary>
internal static class SqliteCommands
{
    /// <summary>A command with parameters $1, $2, ….</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }

    /// <summary>Runs statements that return nothing.</summary>
    public static void Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = connection.Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>First column of the first row, or null.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = connection.Command(sql, values);
        return command.ExecuteScalar();
    }
}
