using CalciumSweep.Coordinator.Api;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>How a node runs.</summary>
/// <param name="DataFolder">Folder of everything durable.</param>
public sealed record NodeSettings(string DataFolder)
{
    /// <summary>What the node does.</summary>
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    /// <summary>True for a node that stays: it goes on with every campaign that is not done.</summary>
    public bool IsServer { get; init; }

    /// <summary>Solver threads, ≥ 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Lanes of a simulator: 1, 2, 4 or 8; 0 = the machine's best.</summary>
    public int Width { get; init; }

    /// <summary>Cluster port; 0 = any free one (embedded run).</summary>
    public int Port { get; init; }

    /// <summary>Cluster address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Name or address that other nodes reach it by; null: <see cref="Host"/>.</summary>
    public string? PublicHost { get; init; }

    /// <summary>Nodes to join, <c>host:port</c>; none: a cluster of its own.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>Mutual TLS of the cluster port; null is plain TCP, on loopback only.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>Result store: <c>sqlite</c>, or a <c>postgresql://</c> address.</summary>
    public StoreAddress Store { get; init; } = StoreAddress.Sqlite;

    /// <summary>Where the API listens; null: nowhere.</summary>
    public Uri? Http { get; init; }

    /// <summary>The operator's own token; null: the one that the data folder keeps.</summary>
    public string? Token { get; init; }

    /// <summary>The address that browsers see, if a proxy with TLS stands in front; null: that of <see cref="Http"/>.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Further keys to the API, with names and roles.</summary>
    public IReadOnlyList<AccessKey> Keys { get; init; } = [];

    /// <summary>The provider whose users may sign in; null: there is none.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>Tests: shuffles the order of leases; null leaves it bit-reversed.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>What goes to the console: <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>off</c>.</summary>
    public string LogLevel { get; init; } = "warning";

    /// <summary>True logs one JSON object a line.</summary>
    public bool IsJsonLog { get; init; }

    /// <summary>Name of the kind of store, without its address.</summary>
    public string StoreName => Store.Kind;
}
