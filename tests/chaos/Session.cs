using Npgsql;

namespace CalciumSweep.Chaos;

/// <summary>A connection of the observer's.</summary>
internal sealed class Session(NpgsqlConnection connection)
{
    public object? ExecuteScalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>The first column of every row.</summary>
    public List<T> Column<T>(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using NpgsqlDataReader rows = command.ExecuteReader();
        var column = new List<T>();
        while (rows.Read())
        {
            column.Add(rows.GetFieldValue<T>(0));
        }

        return column;
    }
}
