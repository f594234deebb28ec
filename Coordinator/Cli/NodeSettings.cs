namespace CalciumSweep.Coordinator.Cli;

/// <summary>Placeholder.</summary>
public sealed record NodeSettings(string DataFolder)
{
    /// <summary>Solver threads.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Lanes; 0 = the machine's best.</summary>
    public int Width { get; init; }

    /// <summary>Cluster port; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Cluster address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Lease order shuffled by this seed.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Least severe messages shown.</summary>
    public string LogLevel { get; init; } = "warning";
}
