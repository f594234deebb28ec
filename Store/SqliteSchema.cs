using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>Brings a database to the newest version of <see cref="Migrations.Sqlite"/>, all steps in one transaction.</summary>
internal static class SqliteSchema
{
    /// <summary>Brings a database, new or old, to the newest version.</summary>
    /// <exception cref="StoreUnavailableException">It is of a newer version, or no result store at all.</exception>
    public static void Upgrade(SqliteConnection connection, string file) => Upgrade(connection, file, Migrations.Sqlite);

    /// <summary>The same with these steps.</summary>
    public static void Upgrade(SqliteConnection connection, string file, IReadOnlyList<string> migrations)
    {
        if (Version(connection, file, migrations.Count) == migrations.Count)
        {
            return;
        }

        // Readers then never wait for the writer. Persistent, and not to be set inside a transaction.
        connection.Execute("PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        // Asked again under the lock: another process may have been faster.
        int version = Version(connection, file, migrations.Count);
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        foreach (string step in migrations.Skip(version))
        {
            connection.Execute(step);
        }

        connection.Execute("DELETE FROM schema_version");
        connection.Execute("INSERT INTO schema_version (version) VALUES ($1)", migrations.Count);
        transaction.Commit();
    }

    /// <summary>Checks a database that may not be changed.</summary>
    /// <returns>False if nothing is in it: who made it was stopped before its first transaction.</returns>
    /// <exception cref="OutdatedStoreException">It is of an older version.</exception>
    /// <exception cref="StoreUnavailableException">It is of a newer version, or no result store at all.</exception>
    public static bool Check(SqliteConnection connection, string file)
    {
        int newest = Migrations.Sqlite.Count;
        int version = Version(connection, file, newest);
        return version == 0 || version == newest
            ? version > 0
            : throw new OutdatedStoreException(
                $"'{file}' is of schema version {version}, older than this CalciumSweep's {newest}: start 'run' or 'up' on it once to upgrade it.");
    }

    private static int Version(SqliteConnection connection, string file, int newest)
    {
        object? tables = connection.Scalar("SELECT count(*) FROM sqlite_master");
        if (tables is 0L)
        {
            return 0;
        }

        if (connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") is 0L)
        {
            throw new StoreUnavailableException(
                $"'{file}' is a database, but not a result store: move it away or choose another data folder with --data.");
        }

        int version = Convert.ToInt32(connection.Scalar("SELECT max(version) FROM schema_version"));
        return version <= newest
            ? version
            : throw new StoreUnavailableException(
                $"'{file}' is of schema version {version}, newer than this CalciumSweep's {newest}: use a newer CalciumSweep or another data folder.");
    }
}
