using System.CommandLine;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The options of a command that starts a node.</summary>
public sealed class NodeOptions
{
    private const int ClusterPort = 4053;
    private const string HttpAddress = "http://127.0.0.1:8260";

    private readonly bool _isServer;

    private readonly Option<int> _workers = new("--workers")
    {
        Description = "Solver threads",
        DefaultValueFactory = _ => CommonOptions.Number("workers", Environment.ProcessorCount),
    };

    private readonly Option<string> _role = new("--role")
    {
        Description = "coordinator, worker, dashboard, with commas between them",
        HelpName = "ROLES",
        DefaultValueFactory = _ => CommonOptions.Setting("role") ?? "all",
    };

    private readonly Option<int> _width = NewWidth();

    private readonly Option<string> _store = NewStore();

    private readonly Option<bool> _noDashboard = new("--no-dashboard")
    {
        Description = "No dashboard",
        DefaultValueFactory = _ => CommonOptions.IsSet("no-dashboard"),
    };

    private readonly Option<int> _port;

    private readonly Option<string> _host = new("--host")
    {
        Description = "Cluster address",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => CommonOptions.Setting("host") ?? "127.0.0.1",
    };

    private readonly Option<string?> _publicHost = new("--public-host")
    {
        Description = "Name or address that other nodes reach this one by; without it --host",
        HelpName = "NAME",
        DefaultValueFactory = _ => CommonOptions.Setting("public-host"),
    };

    private readonly Option<string> _seeds = new("--seeds")
    {
        Description = "Nodes to join; without it a cluster of its own",
        HelpName = "HOST:PORT,…",
        DefaultValueFactory = _ => CommonOptions.Setting("seeds") ?? "",
    };

    private readonly Option<string?> _http = new("--http")
    {
        Description = $"Where the API listens ({HttpAddress})",
        HelpName = "URL",
        DefaultValueFactory = _ => CommonOptions.Setting("http"),
    };

    private readonly Option<string?> _token = ServerOptions.NewToken();

    private readonly Option<string?> _server = new("--server")
    {
        Description = "With --role dashboard alone: the server that it shows",
        HelpName = "URL",
        DefaultValueFactory = _ => CommonOptions.Setting("server"),
    };

    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "Address that browsers see, if a proxy with TLS stands in front",
        HelpName = "URL",
        DefaultValueFactory = _ => CommonOptions.Setting("public-url"),
    };

    private readonly Option<string?> _keys = new("--tokens")
    {
        Description = "Further tokens, each with a name and a role (viewer or operator); better in CALCIUMSWEEP_TOKENS",
        HelpName = "NAME:ROLE:TOKEN,…",
        DefaultValueFactory = _ => CommonOptions.Secret("tokens"),
    };

    private readonly Option<string?> _certificate = File("--tls-certificate", "This node's certificate for the cluster port: PEM, or PKCS #12 with its key");
    private readonly Option<string?> _key = File("--tls-key", "The certificate's key, PEM");
    private readonly Option<string?> _authority = File("--tls-authority", "The authority that signs the certificates of all nodes, PEM");
    private readonly OidcOptions _oidc = new();
    private readonly Option<int?> _shuffle = new("--shuffle") { Hidden = true };

    /// <summary>Options with the rules of a command.</summary>
    /// <param name="isServer">True for a node that others talk to: it has the usual ports if none are given.</param>
    public NodeOptions(bool isServer = false)
    {
        _isServer = isServer;
        _port = new("--port")
        {
            Description = "Cluster port; 0: any free one",
            DefaultValueFactory = _ => CommonOptions.Number("port", isServer ? ClusterPort : 0),
        };
    }

    /// <summary>Where results are.</summary>
    public static Option<string> NewStore() => new("--store")
    {
        Description = "Result store: sqlite, or postgresql://user@host/database",
        HelpName = "STORE",
        DefaultValueFactory = _ => CommonOptions.Setting("store") ?? "sqlite",
    };

    /// <summary>Lanes; 0 is the machine's best.</summary>
    public static Option<int> NewWidth() =>
        new("--width") { Description = "Lanes: 1, 2, 4 or 8; 0: the machine's best", DefaultValueFactory = _ => CommonOptions.Number("width", 0) };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
        [
            _role, _port, _host, _publicHost, _seeds, _http, _token, _keys, _store, _workers, _width, _noDashboard, _certificate,
            _key, _authority, _shuffle,
        ])
        {
            command.Add(option);
        }

        if (_isServer)
        {
            command.Add(_server);
            command.Add(_publicUrl);
            _oidc.AddTo(command);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="CommandException">A value makes no sense.</exception>
    public NodeSettings Settings(ParseResult parsed)
    {
        NodeRoles roles = Roles(parsed);
        string host = parsed.GetValue(_host)!;
        string? token = parsed.GetValue(_token);
        Uri? http = Http(parsed, roles);
        ClusterTls? tls = Tls(parsed);
        if (tls is null)
        {
            ListenAddress.CheckCluster(host);
            ListenAddress.CheckCluster(parsed.GetValue(_publicHost) ?? host);
        }

        OidcSettings? oidc = _isServer ? _oidc.Settings(parsed) : null;
        if (oidc is not null)
        {
            ListenAddress.CheckSealing(token);
        }

        // A worker alone tells there how it is, which is no secret, and takes nothing.
        ListenAddress.CheckToken(roles == NodeRoles.Worker ? null : http, token);
        var settings = new NodeSettings(FrontDoor.Data(parsed))
        {
            Roles = roles,
            IsServer = _isServer,
            Workers = Workers(parsed.GetValue(_workers)),
            Width = Checked(parsed.GetValue(_width)),
            Port = Port(parsed.GetValue(_port)),
            Host = host,
            PublicHost = parsed.GetValue(_publicHost),
            Tls = tls,
            Seeds = ListenAddress.Seeds(parsed.GetValue(_seeds)!),
            Store = StoreOf(parsed.GetValue(_store)!),
            Http = http,
            Token = token,
            PublicUrl = PublicUrl(parsed),
            Keys = AccessKey.Parse(parsed.GetValue(_keys) ?? ""),
            Oidc = oidc,
            ShuffleSeed = parsed.GetValue(_shuffle),
            LogLevel = parsed.GetValue(CommonOptions.LogLevel)!,
            IsJsonLog = parsed.GetValue(CommonOptions.LogFormat) == "json",
        };
        CheckSeeds(settings);
        return settings;
    }

    /// <summary>
    /// Where a dashboard alone listens, the server that it shows, and the address that browsers see; null for a member of the cluster.
    /// </summary>
    /// <exception cref="CommandException">It is to be seen by others without TLS, or an address is none.</exception>
    public (Uri Http, Uri Server, Uri? PublicUrl)? DashboardOf(ParseResult parsed) =>
        RoleNames.Parse(parsed.GetValue(_role)!) == NodeRoles.Dashboard && !parsed.GetValue(_noDashboard) && parsed.GetValue(_server) is { } server
            ? (Http(parsed, NodeRoles.Dashboard)!, ServerOptions.Url(server), PublicUrl(parsed)) : null;

    /// <summary>The token that was given.</summary>
    public string? Token(ParseResult parsed) => parsed.GetValue(_token);

    /// <summary>A lane width, or 0.</summary>
    /// <exception cref="CommandException">There is no such width.</exception>
    public static int Checked(int width) => width == 0 || LaneWidth.All.Contains(width) ? width
        : throw new CommandException($"--width {width}: a lane width is 1, 2, 4 or 8", "without it the machine's best is taken");

    private Uri? PublicUrl(ParseResult parsed) => !_isServer || parsed.GetValue(_publicUrl) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" ? url
        : throw new CommandException($"--public-url {text}: an address is https://NAME", "e.g. --public-url https://sweep.example.org");

    private ClusterTls? Tls(ParseResult parsed)
    {
        string? certificate = parsed.GetValue(_certificate), key = parsed.GetValue(_key), authority = parsed.GetValue(_authority);
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        return certificate is not null && authority is not null
            ? new ClusterTls(certificate, key, authority, CommonOptions.Setting("tls-password"))
            : throw new CommandException(
                "the cluster port wants --tls-certificate and --tls-authority together",
                "every node shows a certificate that the authority has signed");
    }

    private static Option<string?> File(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        DefaultValueFactory = _ => CommonOptions.Setting(name[2..]),
    };

    private NodeRoles Roles(ParseResult parsed)
    {
        NodeRoles roles = RoleNames.Parse(parsed.GetValue(_role)!);
        if (!_isServer && !roles.HasFlag(NodeRoles.Coordinator | NodeRoles.Worker))
        {
            throw new CommandException("the whole job is done here, so the node is coordinator and worker", "calciumsweep up --role starts a member of a cluster");
        }

        if (!parsed.GetValue(_noDashboard))
        {
            return roles;
        }

        roles &= ~NodeRoles.Dashboard;
        return roles != NodeRoles.None ? roles : throw new CommandException("--no-dashboard leaves the node without a role");
    }

    // A server is told or has the usual place; a worker alone, and the whole job in one process, only if told to.
    private Uri? Http(ParseResult parsed, NodeRoles roles)
    {
        string? told = parsed.GetValue(_http);
        bool isUsual = _isServer && (roles & (NodeRoles.Coordinator | NodeRoles.Dashboard)) != NodeRoles.None;
        return told is not null ? ListenAddress.Http(told) : isUsual ? new Uri(HttpAddress) : null;
    }

    // Each coordinator would have a journal and a store of its own, and none of them everything.
    private static void CheckSeeds(NodeSettings settings)
    {
        bool isCoordinator = settings.Roles.HasFlag(NodeRoles.Coordinator);
        bool joins = settings.Seeds.Any(seed => seed != $"{settings.PublicHost ?? settings.Host}:{settings.Port}");
        if (isCoordinator && joins && !settings.Store.IsShared)
        {
            throw new CommandException("with the sqlite store a cluster has one coordinator, and it joins nobody", "--role worker joins others");
        }

        if (!isCoordinator && !joins)
        {
            throw settings.Roles == NodeRoles.Dashboard
                ? new CommandException("a dashboard alone shows a server", "--server names it, e.g. --server http://127.0.0.1:8260")
                : new CommandException("a node that is no coordinator joins one", "--seeds names it, e.g. --seeds 127.0.0.1:4053");
        }
    }

    /// <summary>The store that an address names.</summary>
    /// <exception cref="CommandException">It is no address.</exception>
    public static StoreAddress StoreOf(string store)
    {
        try
        {
            return StoreAddress.Parse(store);
        }
        catch (StoreAddressException e)
        {
            throw new CommandException($"--store: {e.Message}");
        }
    }

    private static int Workers(int workers) => workers is >= 1 and <= 1024 ? workers
        : throw new CommandException(
            $"--workers {workers}: a node has 1 to 1024 solver threads", $"this machine has {Environment.ProcessorCount} cores");

    private static int Port(int port) => port is >= 0 and <= 65535 ? port
        : throw new CommandException($"--port {port}: a port is a number from 0 to 65535");
}
