namespace CalciumSweep.Coordinator.Cli;

/// <summary>How a node runs.</summary>
/// <param name="DataFolder">Folder of everything durable.</param>
public sealed record NodeSettings(string DataFolder)
{
    /// <summary>Solver threads, ≥ 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Lanes of a simulator: 1, 2, 4 or 8; 0 = the machine's best.</summary>
    public int Width { get; init; }

    /// <summary>Cluster port; 0 = any free one (embedded run).</summary>
    public int Port { get; init; }

    /// <summary>Cluster address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Tests: shuffles the order of leases; null leaves it bit-reversed.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>What goes to the console: <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>off</c>.</summary>
    public string LogLevel { get; init; } = "warning";
}
