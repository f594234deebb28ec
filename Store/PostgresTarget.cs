using System.Net;
using CalciumSweep.Shared.Spec;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>A PostgreSQL database and how to reach it. The password is not part of it: it is read at each connection.</summary>
internal sealed class PostgresTarget
{
    private const string DefaultSchema = "calciumsweep";
    private const string PasswordFileVariable = "CALCIUMSWEEP_STORE_PASSWORD_FILE";
    private const string Form = "write postgresql://user@host/database";
    private static readonly string[] _options = ["sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "schema", "host", "plaintext"];
    private static readonly string[] _sslModes = ["disable", "prefer", "require", "verify-ca", "verify-full"];
    private readonly Func<string, string?> _environment;

    private PostgresTarget(Func<string, string?> environment) => _environment = environment;

    /// <summary>A name, an address, or the folder of a Unix socket.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Who connects.</summary>
    public required string User { get; init; }

    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>Schema that all tables are in: lower-case letters, digits and underscores.</summary>
    public required string Schema { get; init; }

    /// <summary>How the connection is protected, in libpq's words.</summary>
    public required string SslMode { get; init; }

    /// <summary>What stands after the question mark.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreAddressException">It is none, holds a password, or would send results in the clear.</exception>
    public static PostgresTarget Parse(string text, Func<string, string?> environment)
    {
        // No message repeats the text: whatever is wrong with it, there may be a password in it.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Fragment.Length > 0)
        {
            throw new StoreAddressException($"The store's address cannot be read: {Form}.");
        }

        Dictionary<string, string> options = ReadOptions(uri.Query);
        string[] user = uri.UserInfo.Split(':');
        if (user.Length > 1)
        {
            throw new StoreAddressException(
                $"The store's address holds a password, which every user of this machine could read: leave it out and set {PasswordFileVariable} or PGPASSWORD.");
        }

        string host = options.GetValueOrDefault("host") ?? uri.IdnHost.Trim('[', ']');
        string name = Uri.UnescapeDataString(user[0]);
        var target = new PostgresTarget(environment)
        {
            Host = host.Length > 0 ? host : throw new StoreAddressException($"The store's address names no host: {Form}."),
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            User = name.Length > 0 ? name : environment("PGUSER") ?? throw new StoreAddressException($"The store's address names no user: {Form}, or set PGUSER."),
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) is { Length: > 0 } database
                ? database : throw new StoreAddressException($"The store's address names no database: {Form}."),
            Schema = options.GetValueOrDefault("schema", DefaultSchema),
            SslMode = options.GetValueOrDefault("sslmode", IsLocal(host) ? "prefer" : "verify-full"),
            Options = options,
        };
        target.Check();
        return target;
    }

    /// <summary>What a data source is made with.</summary>
    /// <param name="purpose">Shown in the server's list of sessions.</param>
    /// <param name="connections">Connections at most.</param>
    public NpgsqlDataSource NewSource(string purpose, int connections)
    {
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Database = Database,
            // TLS does it; Kerberos wants a library that a small image has not.
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode = Enum.Parse<SslMode>(SslMode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            RootCertificate = Options.GetValueOrDefault("sslrootcert"),
            SslCertificate = Options.GetValueOrDefault("sslcert"),
            SslKey = Options.GetValueOrDefault("sslkey"),
            Passfile = Options.GetValueOrDefault("passfile"),
            ApplicationName = $"calciumsweep {purpose}",
            Timeout = 4,
            CommandTimeout = 30,
            MaxPoolSize = connections,
            MinPoolSize = 0,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 5,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 5,
            Enlist = false,
            PersistSecurityInfo = false,
        }.ToString());
        if (_environment(PasswordFileVariable) is { Length: > 0 } file)
        {
            // At each connection: a password that was changed needs no restart.
            builder.UsePasswordProvider(_ => ReadPassword(file), (_, _) => new(ReadPassword(file)));
        }
        else if (_environment("PGPASSWORD") is { Length: > 0 } password)
        {
            builder.UsePasswordProvider(_ => password, (_, _) => new(password));
        }

        return builder.Build();
    }

    /// <summary>The address, without options that hold places of files.</summary>
    public override string ToString()
    {
        string where = Host.Contains('/', StringComparison.Ordinal) ? "" : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        string port = Port == NpgsqlConnection.DefaultPort ? "" : $":{Port}";
        return $"postgresql://{Uri.EscapeDataString(User)}@{where}{port}/{Uri.EscapeDataString(Database)}";
    }

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The password file that {PasswordFileVariable} names cannot be read: {e.Message}", e);
        }
    }

    private static Dictionary<string, string> ReadOptions(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = option.Split('=', 2);
            if (parts[0] == "password")
            {
                throw new StoreAddressException(
                    $"The store's address holds a password, which every user of this machine could read: leave it out and set {PasswordFileVariable} or PGPASSWORD.");
            }

            if (!_options.Contains(parts[0]) || parts.Length < 2)
            {
                string hint = Nearest.Of(parts[0], _options) is { } nearest ? $"did you mean '{nearest}'?" : $"there are {string.Join(", ", _options)}.";
                throw new StoreAddressException($"'{parts[0]}' is no option of a store's address: {hint}");
            }

            options[parts[0]] = Uri.UnescapeDataString(parts[1]);
        }

        return options;
    }

    private static bool IsLocal(string host) =>
        host == "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private void Check()
    {
        if (!_sslModes.Contains(SslMode))
        {
            throw new StoreAddressException($"'{SslMode}' is no sslmode: there are {string.Join(", ", _sslModes)}.");
        }

        if (SslMode is "disable" or "prefer" && !IsLocal(Host) && Options.GetValueOrDefault("plaintext") != "allowed")
        {
            throw new StoreAddressException(
                $"sslmode={SslMode} would send results to {Host} in the clear: use verify-full, or add plaintext=allowed if that network is safe.");
        }

        if (Options.ContainsKey("sslrootcert") && SslMode is not ("verify-ca" or "verify-full"))
        {
            throw new StoreAddressException("sslrootcert is used only with sslmode=verify-ca or verify-full: set one of them.");
        }

        if (!IsName(Schema))
        {
            throw new StoreAddressException($"'{Schema}' cannot name a schema: use lower-case letters, digits and underscores, at most 63.");
        }

        foreach (string file in new[] { "sslrootcert", "sslcert", "sslkey", "passfile" })
        {
            if (Options.TryGetValue(file, out string? path) && !File.Exists(path))
            {
                throw new StoreAddressException($"The file '{path}' that {file} names is not there.");
            }
        }
    }

    private static bool IsName(string text) => text.Length is > 0 and < 64 && !char.IsAsciiDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
