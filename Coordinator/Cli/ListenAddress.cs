using System.Net;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Checks where a node is asked to listen, before anything listens.</summary>
public static class ListenAddress
{
    /// <summary>Shortest token that is taken for other addresses than loopback: 16 characters, not to be guessed online.</summary>
    private const int ShortestToken = 16;

    /// <summary>True for an address that only this machine reaches.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads the address of the API.</summary>
    /// <param name="text"><c>http://ADDRESS:PORT</c>; port 0 is any free one.</param>
    /// <exception cref="CommandException">It is no such address.</exception>
    public static Uri Http(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"--http {text}: an address is http://ADDRESS:PORT", "e.g. --http http://127.0.0.1:8260");
        }

        if (url.Scheme == "https")
        {
            throw new CommandException("--http: https is not available yet", "put a proxy that speaks TLS in front of http://127.0.0.1");
        }

        if (url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            throw new CommandException($"--http {text}: address and port only", "e.g. --http http://127.0.0.1:8260");
        }

        return url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _) ? url
            : throw new CommandException(
                $"--http {text}: '{url.Host}' is a name, not an address of this machine", "an IP address, or localhost");
    }

    /// <summary>Refuses an API that others reach without a token that the operator chose.</summary>
    /// <exception cref="CommandException">The token is missing or too short.</exception>
    public static void CheckToken(Uri? http, string? token)
    {
        if (token is { Length: 0 } || token?.Any(c => c is <= ' ' or > '~') == true)
        {
            throw new CommandException("--token: a token is one word of ASCII characters");
        }

        if (http is null || IsLoopback(http.Host))
        {
            return;
        }

        if (token is null)
        {
            throw new CommandException(
                $"HTTP on {http.Host} is reached by others and wants a token of yours", "set CALCIUMSWEEP_TOKEN, or listen on 127.0.0.1");
        }

        if (token.Length < ShortestToken)
        {
            throw new CommandException(
                $"HTTP on {http.Host} is reached by others, and the token has {token.Length} characters",
                $"at least {ShortestToken}, e.g. from: openssl rand -hex 32");
        }
    }

    /// <summary>Refuses a token that sessions are to be sealed with, and that could be guessed from one.</summary>
    /// <exception cref="CommandException">The token is too short.</exception>
    public static void CheckSealing(string? token)
    {
        if (token?.Length < ShortestToken)
        {
            throw new CommandException(
                $"--oidc-authority: sessions are sealed with the token, and it has {token.Length} characters",
                $"at least {ShortestToken}, e.g. from: openssl rand -hex 32");
        }
    }

    /// <summary>Refuses a cluster port that others reach, as it speaks plain TCP.</summary>
    /// <exception cref="CommandException">It is not a loopback address.</exception>
    public static void CheckCluster(string host)
    {
        if (!IsLoopback(host))
        {
            throw new CommandException(
                $"--host {host}: the cluster port speaks plain TCP on loopback only, any other address wants TLS",
                "--tls-certificate, --tls-key and --tls-authority, or --host 127.0.0.1");
        }
    }

    /// <summary>Reads a list of <c>host:port</c>.</summary>
    /// <exception cref="CommandException">One is of another form.</exception>
    public static IReadOnlyList<string> Seeds(string text)
    {
        string[] seeds = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string seed in seeds)
        {
            int colon = seed.LastIndexOf(':');
            if (colon < 1 || !ushort.TryParse(seed.AsSpan(colon + 1), out ushort port) || port == 0)
            {
                throw new CommandException($"--seeds: '{seed}' is not of the form host:port", "e.g. --seeds 127.0.0.1:4053");
            }
        }

        return seeds;
    }
}
