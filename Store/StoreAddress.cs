namespace CalciumSweep.Store;

/// <summary>
/// Where results and journal are: <c>sqlite</c> (two files in the data folder) or
/// <c>postgresql://user@host:port/database?sslmode=…&amp;sslrootcert=…&amp;schema=…</c>. Holds no password, so that it may be
/// shown anywhere: the password is read at each connection (docs/store.md).
/// </summary>
public sealed class StoreAddress
{
    private StoreAddress(PostgresTarget? postgres) => Postgres = postgres;

    /// <summary>Two files in the data folder.</summary>
    public static StoreAddress Sqlite { get; } = new(null);

    /// <summary>True if several nodes may share it.</summary>
    public bool IsShared => Postgres is not null;

    /// <summary>The one word of it that results show (contract §3): <c>sqlite</c> or <c>postgresql</c>.</summary>
    public string Kind => IsShared ? "postgresql" : "sqlite";

    internal PostgresTarget? Postgres { get; }

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The value of <c>--store</c>.</param>
    /// <param name="environment">Reads an environment variable; null for those of this process.</param>
    /// <exception cref="StoreAddressException">It is no address, holds a password, or would send results in the clear.</exception>
    public static StoreAddress Parse(string text, Func<string, string?>? environment = null)
    {
        if (text == "sqlite")
        {
            return Sqlite;
        }

        string scheme = text.Split(':')[0];
        return scheme is "postgresql" or "postgres"
            ? new(PostgresTarget.Parse(text, environment ?? Environment.GetEnvironmentVariable))
            : throw new StoreAddressException(
                "The store is neither 'sqlite' nor 'postgresql://user@host/database': write one of them after --store.");
    }

    /// <summary>Opens the result store of a node, makes it if it is not there, and upgrades an older one.</summary>
    /// <param name="folder">The node's data folder.</param>
    /// <exception cref="StoreUnavailableException">It cannot be used; one sentence with the remedy.</exception>
    public Shared.Results.IResultStore OpenResults(DataFolder folder) =>
        Postgres is null ? SqliteResults.Open(folder.ResultsFile) : PostgresResults.Open(this);

    /// <summary>Opens the result store for reading only; null if no node has used it yet.</summary>
    /// <param name="folder">The data folder, or null if there is none.</param>
    /// <exception cref="StoreUnavailableException">It cannot be used; one sentence with the remedy.</exception>
    public Shared.Results.IResultStore? OpenForReading(DataFolder? folder) => Postgres is not null
        ? PostgresResults.OpenForReading(this)
        : folder is null ? null : SqliteResults.OpenForReading(folder.ResultsFile);

    /// <summary>Opens the journal of the actors.</summary>
    /// <param name="folder">The node's data folder.</param>
    /// <exception cref="StoreUnavailableException">It cannot be used; one sentence with the remedy.</exception>
    public Journal OpenJournal(DataFolder folder) =>
        Postgres is null ? JournalDatabase.Open(folder.JournalFile) : PostgresJournal.Open(this);

    /// <summary>The address; there is no password in it.</summary>
    public override string ToString() => Postgres?.ToString() ?? "sqlite";
}
