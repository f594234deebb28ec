using CalciumSweep.Coordinator.Cli;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>How a node takes part in a cluster.</summary>
/// <param name="Host">Address that it listens on: an IP address, or a name that is one of this machine's.</param>
/// <param name="Port">Cluster port; 0 = any free one.</param>
public sealed record MembershipSettings(string Host, int Port)
{
    /// <summary>Name or address that others reach it by; null: <see cref="Host"/>.</summary>
    public string? PublicHost { get; init; }

    /// <summary>What it does: <c>coordinator</c>, <c>worker</c>, <c>dashboard</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["coordinator", "worker"];

    /// <summary>Nodes to join, <c>host:port</c>, names or addresses; the first may form the cluster. None: a cluster of its own.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>Mutual TLS; null is plain TCP, on loopback only.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>How long a cluster must look the same before unreachable nodes are taken out of it.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>How long the first seed asks the others before it forms a cluster of its own.</summary>
    public TimeSpan SeedTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How addresses of this cluster begin.</summary>
    public string Scheme => Tls is null ? "akka.tcp" : "akka.ssl.tcp";

    /// <summary>Refuses what would let strangers in.</summary>
    /// <exception cref="CommandException">Plain TCP on an address that others reach.</exception>
    public void Check()
    {
        if (Tls is null && (!ListenAddress.IsLoopback(Host) || (PublicHost is { } shown && !ListenAddress.IsLoopback(shown))))
        {
            throw new CommandException(
                $"--host {PublicHost ?? Host}: the cluster port speaks plain TCP on loopback only, any other address wants TLS",
                "--tls-certificate, --tls-key and --tls-authority, or --host 127.0.0.1");
        }
    }
}
