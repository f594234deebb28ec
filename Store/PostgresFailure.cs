using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>PostgreSQL's error codes as sentences.</summary>
internal static class PostgresFailure
{
    /// <summary>True if the same may succeed a moment later: the server restarts, the network is away, a lock was in the way.</summary>
    public static bool IsTransient(Exception error) => error switch
    {
        PostgresException { SqlState: var state } =>
            state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("40", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or "25P03" or "25P04"
                or PostgresErrorCodes.UniqueViolation,
        _ when Inner<AuthenticationException>(error) is not null || Inner<StoreUnavailableException>(error) is not null => false,
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>True if it came from the database or the way to it.</summary>
    public static bool IsOurs(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException;

    /// <summary>What a user can do about it.</summary>
    /// <param name="target">The database.</param>
    /// <param name="error">What was thrown.</param>
    public static StoreUnavailableException Explain(PostgresTarget target, Exception error) => Inner<StoreUnavailableException>(error) ?? new(
        error switch
        {
            PostgresException postgres => Explain(target, postgres),
            _ when Inner<AuthenticationException>(error) is { } problem =>
                $"The certificate of {target} is not trusted ({problem.Message}): name the root that signed it with sslrootcert=FILE, and the host as the certificate does.",
            _ => $"{target} does not answer ({Innermost(error).Message}): check that PostgreSQL runs there and can be reached.",
        },
        error);

    private static string Explain(PostgresTarget target, PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{target} refuses the user '{target.User}' ({error.MessageText}): check CALCIUMSWEEP_STORE_PASSWORD_FILE, PGPASSWORD or the password file.",
        PostgresErrorCodes.InvalidCatalogName => $"{target}: there is no such database: make it with createdb or name another one.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"{target} does not let '{target.User}' do that ({error.MessageText}): grant it, or use the owner of schema '{target.Schema}'.",
        PostgresErrorCodes.DiskFull => $"The disk of {target} is full: free some space; what was stored before is safe.",
        PostgresErrorCodes.TooManyConnections => $"{target} has no connection left: raise its max_connections or run fewer nodes.",
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            $"{target} is starting or stopping ({error.MessageText}): wait for it.",
        _ => $"{target} failed ({error.SqlState}): {error.MessageText}",
    };

    private static T? Inner<T>(Exception? error)
        where T : Exception
    {
        while (error is not (null or T))
        {
            error = error.InnerException;
        }

        return (T?)error;
    }

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
