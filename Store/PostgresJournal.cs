using System.Data.Common;
using System.Diagnostics;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>
/// The journal and snapshots of the actors in a PostgreSQL database, through Akka.Persistence.Sql. While the server
/// restarts a write waits, so that an entity does not fail for it; only one that was under way at that moment does.
/// </summary>
public static class PostgresJournal
{
    private const string Provider = ProviderName.PostgreSQL15;
    private const int Connections = 8;
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a write waits for a server that does not answer before it fails.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(80);

    /// <summary>Opens the journal, makes its tables if they are not there, and upgrades older ones.</summary>
    /// <param name="address">A PostgreSQL database.</param>
    /// <exception cref="StoreUnavailableException">It cannot be reached, is of a newer version, or no result store.</exception>
    public static Journal Open(StoreAddress address)
    {
        PostgresTarget target = address.Postgres
            ?? throw new ArgumentException($"{address} is no PostgreSQL database.", nameof(address));
        using (var database = new PostgresDatabase(target))
        {
            PostgresSchema.Upgrade(database, PostgresResults.DefaultPatience);
        }

        NpgsqlDataSource source = target.NewSource("journal", Connections);
        DataOptions options = new DataOptions()
            .UseConnectionFactory(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), _ => source.CreateConnection())
            .WithOptions<ConnectionOptions>(connection => connection with { ProviderName = Provider })
            // The plugin opens every connection asynchronously.
            .UseBeforeConnectionOpened(_ => { }, (_, cancel) => WaitForAnswerAsync(source, cancel));
        return new(Hocon(target), new DataOptionsSetup(options), source.Dispose);
    }

    private static Config Hocon(PostgresTarget target)
    {
        // A breaker that opens for a minute would make a minute of a second: it opens late and for short.
        string plugin = $$"""
            provider-name = "{{Provider}}"
            auto-initialize = false
            default.schema-name = "{{target.Schema}}"
            circuit-breaker { max-failures = 20, call-timeout = 90 s, reset-timeout = 1 s }
            """;
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence {
              journal { plugin = akka.persistence.journal.sql, sql { {{plugin}}
                tag-write-mode = Csv
                recovery-event-timeout = 90 s } }
              snapshot-store { plugin = akka.persistence.snapshot-store.sql, sql { {{plugin}} } }
            }
            """).WithFallback(SqlPersistence.DefaultConfiguration);
    }

    /// <summary>
    /// A pooled connection may be one that the server has closed since: it is tried before it is used, and the pool
    /// gives the same one next.
    /// </summary>
    private static async Task WaitForAnswerAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                using DbCommand ping = source.CreateCommand("SELECT 1");
                await ping.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (PostgresFailure.IsOurs(e) && PostgresFailure.IsTransient(e)
                && Stopwatch.GetElapsedTime(start) < DefaultPatience)
            {
                source.Clear();
            }

            await Task.Delay(pause, cancel).ConfigureAwait(false);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }
}
