namespace CalciumSweep.Chaos;

/// <summary>Where and how a node runs.</summary>
/// <param name="Number">0, 1, …; its host.</param>
/// <param name="Role"><c>coordinator</c>, <c>worker</c> or <c>dashboard</c>.</param>
/// <param name="Network">The hosts.</param>
/// <param name="Folder">Its disk.</param>
/// <param name="LogFolder">Where its log goes.</param>
internal sealed record NodePlace(int Number, string Role, Network Network, string Folder, string LogFolder)
{
    /// <summary>Address of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Seeds, or empty.</summary>
    public required string Seeds { get; init; }

    /// <summary>The server that a dashboard shows; null for a member of the cluster.</summary>
    public string? Server { get; init; }

    /// <summary>Options of TLS, or none.</summary>
    public string[] Tls { get; init; } = [];

    /// <summary>Of its process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Solver threads.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Port of its API on its own loopback address.</summary>
    public required int HttpPort { get; init; }
}
