using System.Text.Encodings.Web;
using System.Text.Json;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>The journal and snapshots of the actors in one SQLite file, through Akka.Persistence.Sql.</summary>
public static class JournalDatabase
{
    private const string Provider = "SQLite.MS";

    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Makes the file if it is not there, and the settings that make it the default journal and snapshot store. Put the
    /// HOCON before the system's other fallbacks, and the setup into its bootstrap.
    /// </summary>
    /// <param name="journalFile">The database file; its folder exists.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    public static (Config Hocon, Setup Setup) For(string journalFile)
    {
        string connection = ConnectionString(journalFile);
        SetWriteAheadLog(journalFile);
        string plugin = $$"""
            connection-string = {{JsonSerializer.Serialize(connection, _json)}}
            provider-name = "{{Provider}}"
            auto-initialize = true
            """;
        Config hocon = ConfigurationFactory.ParseString(
            $$"""
            akka.persistence {
              journal { plugin = akka.persistence.journal.sql, sql { {{plugin}}
                tag-write-mode = Csv } }
              snapshot-store { plugin = akka.persistence.snapshot-store.sql, sql { {{plugin}} } }
            }
            """).WithFallback(SqlPersistence.DefaultConfiguration);

        // synchronous belongs to a connection, not to the file: an event that was acknowledged survives a power cut.
        DataOptions options = new DataOptions()
            .UseConnectionString(Provider, connection)
            .UseAfterConnectionOpened(opened =>
            {
                using var command = opened.CreateCommand();
                command.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";
                command.ExecuteNonQuery();
            });
        return (hocon, new DataOptionsSetup(options));
    }

    /// <summary>The same as <see cref="For"/>, in the form that every kind of journal has.</summary>
    /// <param name="journalFile">The database file; its folder exists.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    public static Journal Open(string journalFile)
    {
        (Config hocon, Setup setup) = For(journalFile);
        return new(hocon, setup, () => Release(journalFile));
    }

    /// <summary>
    /// Closes the connections that wait for their next use; for a process that goes on after its actor system has
    /// ended, before it moves or deletes the file.
    /// </summary>
    /// <param name="journalFile">The database file.</param>
    public static void Release(string journalFile)
    {
        using var connection = new SqliteConnection(ConnectionString(journalFile));
        SqliteConnection.ClearPool(connection);
    }

    // Pooled, unlike the result store: the plugin opens a connection for each batch, and the last one that closes
    // copies the write-ahead log back and deletes it.
    private static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = true }.ToString();

    // The plugin leaves the file in SQLite's default mode: 2 times slower for one event, 3–8 times for batches.
    private static void SetWriteAheadLog(string file)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = false }.ToString());
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL");
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Explain(file, e);
        }
    }
}
