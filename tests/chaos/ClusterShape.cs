namespace CalciumSweep.Chaos;

/// <summary>How many of what.</summary>
/// <param name="Coordinators">Coordinators, each with an API.</param>
/// <param name="Workers">Workers.</param>
internal sealed record ClusterShape(int Coordinators, int Workers)
{
    /// <summary>Solver threads of a worker.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>All nodes share the loopback address, as on a machine of one's own; there are no network faults then.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>True if it is to be as fast as it can.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Where libfaketime is, if clocks of nodes are to jump.</summary>
    public string? FakeTime { get; init; }
}
