using System.Data;
using System.Diagnostics;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>
/// Access to the database: at most two connections write and a few read, each closed after a few idle seconds. Whatever
/// may succeed a moment later is tried again, so that a restart of the server is a pause and no error; what does not
/// comes out as <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class PostgresDatabase : IDisposable
{
    private const int Writers = 2, Readers = 4;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _writing, _reading;
    private readonly ManualResetEventSlim _closed = new();

    public PostgresDatabase(PostgresTarget target)
    {
        Target = target;
        _writing = target.NewSource("writer", Writers);
        _reading = target.NewSource("reader", Readers);
    }

    /// <summary>The database.</summary>
    public PostgresTarget Target { get; }

    /// <summary>Runs in a transaction: all of it is on disk when this returns. It may have run more than once.</summary>
    /// <param name="write">Runs statements; whatever it does must be harmless if it was done before.</param>
    /// <param name="patience">How long to try again; at least one new connection is tried.</param>
    public T Write<T>(Func<NpgsqlConnection, T> write, TimeSpan patience) => Try(
        _writing,
        connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            Guard(connection);
            T result = write(connection);
            transaction.Commit();
            return result;
        },
        patience);

    /// <summary>Runs a query on a connection of its own.</summary>
    /// <param name="read">Reads all it needs.</param>
    /// <param name="patience">How long to try again.</param>
    public T Read<T>(Func<NpgsqlConnection, T> read, TimeSpan patience) => Try(_reading, read, patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Set();
        _writing.Dispose();
        _reading.Dispose();
    }

    /// <summary>
    /// Whoever vanished in the middle of a transaction (power, network) must not hold its rows for the hours that TCP
    /// takes; and a commit is on disk even where the server's default says otherwise. Set for one transaction, so that
    /// it works through a pooler too.
    /// </summary>
    private static void Guard(NpgsqlConnection connection) => connection.Execute(
        """
        SELECT set_config('idle_in_transaction_session_timeout', '10000', true), set_config('lock_timeout', '10000', true),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                ELSE current_setting('synchronous_commit') END, true)
        """);

    private T Try<T>(NpgsqlDataSource source, Func<NpgsqlConnection, T> use, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_closed.IsSet, this);
            try
            {
                using NpgsqlConnection connection = source.OpenConnection();
                return use(connection);
            }
            catch (Exception e) when (PostgresFailure.IsOurs(e))
            {
                ObjectDisposedException.ThrowIf(_closed.IsSet, this);
                if (!PostgresFailure.IsTransient(e) || (attempt > 0 && Stopwatch.GetElapsedTime(start) >= patience))
                {
                    throw PostgresFailure.Explain(Target, e);
                }

                // The other connections of the pool have the same fate: the next attempt has a fresh one.
                source.Clear();
            }

            if (attempt > 0)
            {
                TimeSpan pause = _firstPause * Math.Pow(2, Math.Min(attempt - 1, 10));
                _closed.Wait(pause < _longestPause ? pause : _longestPause);
            }
        }
    }
}
