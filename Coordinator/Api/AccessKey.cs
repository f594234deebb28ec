using System.Security.Cryptography;
using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Dashboard;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Who may come in with which token, and as what.</summary>
public sealed class AccessKey
{
    private readonly byte[] _token, _session;

    /// <summary>A key.</summary>
    /// <param name="name">Whose it is; stands in the audit log.</param>
    /// <param name="role"><c>viewer</c> or <c>operator</c>.</param>
    /// <param name="token">The secret.</param>
    public AccessKey(string name, string role, string token)
    {
        (Name, Role) = (name, role);
        _token = Digest(token);

        // The cookie is no key by itself, and outlives a restart.
        Cookie = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "session"u8));
        _session = Digest(Cookie);
    }

    /// <summary>Whose it is.</summary>
    public string Name { get; }

    /// <summary>What they may do.</summary>
    public string Role { get; }

    /// <summary>What the session cookie holds.</summary>
    public string Cookie { get; }

    /// <summary>True if this is its token; takes the same time whatever is given.</summary>
    public bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _token);

    /// <summary>True if this is its session.</summary>
    public bool IsSession(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _session);

    /// <summary>Reads <c>name:role:token</c>, with commas between several.</summary>
    /// <exception cref="CommandException">One is of another form, or a token is too short.</exception>
    public static IReadOnlyList<AccessKey> Parse(string text)
    {
        var keys = new List<AccessKey>();
        foreach (string one in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = one.Split(':', 3);
            if (parts.Length != 3 || parts[0].Length == 0 || parts[1] is not (Session.Viewer or Session.Operator))
            {
                throw new CommandException($"--tokens: '{parts[0]}' is not of the form name:role:token", "the roles are viewer and operator, e.g. ann:viewer:…");
            }

            ListenAddress.CheckToken(_anyAddress, parts[2]);
            if (keys.Any(key => key.Name == parts[0]))
            {
                throw new CommandException($"--tokens names {parts[0]} twice");
            }

            keys.Add(new AccessKey(parts[0], parts[1], parts[2]));
        }

        return keys;
    }

    // A name in the settings is known to several people: its token is as long as for an address that others reach.
    private static readonly Uri _anyAddress = new("http://0.0.0.0");

    // Digests have one length, so that the time of a comparison tells nothing.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
