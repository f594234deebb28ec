using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>
/// Access to the database file: one connection writes, guarded by a lock; each read has a connection of its own, so that
/// a long export never holds a write up. SQLite's errors come out as <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int BusyTimeoutSeconds = 10;

    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly bool _readOnly;
    private SqliteWriter? _writer;
    private bool _disposed;

    private SqliteFile(string path, bool readOnly) => (_path, _readOnly) = (path, readOnly);

    /// <summary>Opens a database for writing, makes it if it is not there, and upgrades an older one.</summary>
    public static SqliteFile Open(string path)
    {
        var file = new SqliteFile(path, readOnly: false);
        return file.Read(connection =>
        {
            SqliteSchema.Upgrade(connection, path);
            return file;
        });
    }

    /// <summary>Opens a database that is there for reading only; null if nothing is in it.</summary>
    public static SqliteFile? OpenForReading(string path)
    {
        var file = new SqliteFile(path, readOnly: true);
        return file.Read(connection => SqliteSchema.Check(connection, path)) ? file : null;
    }

    /// <summary>Runs in a transaction: all of it is on disk when this returns, or nothing is stored.</summary>
    public T Write<T>(Func<SqliteWriter, T> write)
    {
        if (_readOnly)
        {
            throw new StoreUnavailableException($"'{_path}' was opened for reading only.");
        }

        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                _writer ??= new SqliteWriter(Open());
                return _writer.InTransaction(write);
            }
            catch (SqliteException e)
            {
                // What a connection still holds after a full disk is not worth knowing: the next write has a fresh one.
                _writer?.Dispose();
                _writer = null;
                throw SqliteFailure.Explain(_path, e);
            }
        }
    }

    /// <summary>Runs on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using SqliteConnection connection = OpenReader();
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Explain(_path, e);
        }
    }

    /// <summary>Reads row by row on a connection of its own: one consistent view, however long it takes.</summary>
    /// <param name="query">Makes the command.</param>
    /// <param name="row">Reads one row.</param>
    public IEnumerable<T> Stream<T>(Func<SqliteConnection, SqliteCommand> query, Func<SqliteDataReader, T> row)
    {
        using SqliteConnection connection = Explained(OpenReader);
        using SqliteCommand command = query(connection);
        using SqliteDataReader reader = Explained(command.ExecuteReader);
        while (Explained(reader.Read))
        {
            yield return row(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _disposed = true;
            _writer?.Dispose();
            _writer = null;
        }
    }

    private T Explained<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Explain(_path, e);
        }
    }

    private SqliteConnection OpenReader()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Open();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = _readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            // A pooled handle outlives the file: a store that is deleted and made again would be "malformed".
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString());
        try
        {
            connection.Open();
            // FULL: a commit is on the platter when it returns; with grains in one transaction it costs nothing more.
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
