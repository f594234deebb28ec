using Npgsql;

namespace CalciumSweep.Store;

/// <summary>
/// Brings a database to the newest version of <see cref="Migrations.Postgres"/>: all steps in one transaction, under an
/// advisory lock, so that nodes that start at once do not get in each other's way.
/// </summary>
internal static class PostgresSchema
{
    // Any number that others do not use for their locks.
    private const int LockSpace = 0x0CA5EE9;

    /// <summary>Brings a database, new or old, to the newest version.</summary>
    /// <exception cref="StoreUnavailableException">It is of a newer version, or its schema is no result store.</exception>
    public static void Upgrade(PostgresDatabase database, TimeSpan patience) =>
        Upgrade(database, patience, Migrations.Postgres);

    /// <summary>The same with these steps.</summary>
    public static void Upgrade(PostgresDatabase database, TimeSpan patience, IReadOnlyList<string> migrations)
    {
        PostgresTarget target = database.Target;
        if (database.Read(c => Version(c, target, migrations.Count), patience) != migrations.Count)
        {
            database.Write(connection => Upgrade(connection, target, migrations), patience);
        }
    }

    /// <summary>Checks a database that may not be changed.</summary>
    /// <returns>False if nobody has used it yet.</returns>
    /// <exception cref="OutdatedStoreException">It is of an older version.</exception>
    /// <exception cref="StoreUnavailableException">It is of a newer version, or its schema is no result store.</exception>
    public static bool Check(PostgresDatabase database, TimeSpan patience)
    {
        PostgresTarget target = database.Target;
        int newest = Migrations.Postgres.Count;
        int version = database.Read(c => Version(c, target, newest), patience);
        return version == 0 || version == newest
            ? version > 0
            : throw new OutdatedStoreException(
                $"{target} is of schema version {version}, older than this CalciumSweep's {newest}: start 'up' on it once to upgrade it.");
    }

    private static bool Upgrade(NpgsqlConnection connection, PostgresTarget target, IReadOnlyList<string> migrations)
    {
        // Another node may be at it for longer than any other statement may take.
        connection.Execute("SELECT set_config('lock_timeout', '0', true)");
        Run(connection, $"SELECT pg_advisory_xact_lock({LockSpace}, hashtext('{target.Schema}'))");
        if (connection.Scalar("SELECT 1 FROM pg_namespace WHERE nspname = $1", target.Schema) is null)
        {
            connection.Execute($"CREATE SCHEMA {target.Schema}");
        }

        // Asked again under the lock: another node may have been faster.
        int version = Version(connection, target, migrations.Count);
        connection.Execute($"SET LOCAL search_path TO {target.Schema}");
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)");
        foreach (string step in migrations.Skip(version))
        {
            Run(connection, step);
        }

        connection.Execute("DELETE FROM schema_version");
        connection.Execute("INSERT INTO schema_version (version) VALUES ($1)", migrations.Count);
        return true;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = connection.Command(sql);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private static int Version(NpgsqlConnection connection, PostgresTarget target, int newest)
    {
        if (connection.Scalar("SELECT 1 FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1 LIMIT 1", target.Schema) is null)
        {
            return 0;
        }

        if (connection.Scalar("SELECT to_regclass($1)::oid", $"{target.Schema}.schema_version") is null)
        {
            throw new StoreUnavailableException(
                $"Schema '{target.Schema}' of {target} holds something else than a result store: name another one with schema=NAME.");
        }

        int version = connection.Scalar($"SELECT max(version) FROM {target.Schema}.schema_version") is int stored ? stored : 0;
        return version <= newest
            ? version
            : throw new StoreUnavailableException(
                $"{target} is of schema version {version}, newer than this CalciumSweep's {newest}: use a newer CalciumSweep or another database.");
    }
}
