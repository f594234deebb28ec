namespace CalciumSweep.Solver.Cable;

/// <summary>What a simulator has done so far, for benchmarks. Written by its one thread.</summary>
internal sealed class CableWork
{
    /// <summary>Steps tried, counted in every lane, idle ones too.</summary>
    public long LaneSteps { get; private set; }

    /// <summary>Steps tried in lanes at work.</summary>
    public long BusyLaneSteps { get; private set; }

    /// <summary>Steps that did not stand.</summary>
    public long Rejected { get; private set; }

    /// <summary>Cells times steps tried, in lanes at work.</summary>
    public long CellSteps { get; private set; }

    /// <summary>One step tried in all lanes of a bundle.</summary>
    public void Add(int lanes, int busy, int rejected, int cells)
    {
        LaneSteps += lanes;
        BusyLaneSteps += busy;
        Rejected += rejected;
        CellSteps += (long)busy * cells;
    }
}
