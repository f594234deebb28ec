namespace CalciumSweep.Solver.Cable;

/// <summary>What a simulator has done so far, for benchmarks. Written by its one thread.</summary>
internal sealed class CableWork
{
    /// <summary>Steps tried, lane by lane: of lanes at work, and of all lanes (the idle ones too).</summary>
    public long BusyLaneSteps { get; set; }

    /// <summary>Steps tried in all lanes, idle ones too.</summary>
    public long LaneSteps { get; set; }

    /// <summary>Steps that did not stand.</summary>
    public long Rejected { get; set; }

    /// <summary>Cells times steps tried of lanes at work.</summary>
    public long CellSteps { get; set; }

    /// <summary>Sites times steps that went through the event loop.</summary>
    public long SiteLoops { get; set; }

    public long Pieces { get; set; }

    public long Events { get; set; }

    public long[] Ticks = new long[8];
    public double ModelTime;
}
