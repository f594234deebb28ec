using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>What a bundle keeps of one lane beside its planes.</summary>
/// <param name="sites">Sites of the cable.</param>
/// <param name="cells">Cells of the cable.</param>
internal sealed class CableLane(int sites, int cells)
{
    /// <summary>Index of the lane in its bundle.</summary>
    public int Index { get; init; }

    /// <summary>The simulation, null while idle.</summary>
    public Simulation? Simulation { get; set; }

    /// <summary>Cell time, s.</summary>
    public double Time { get; set; }

    /// <summary>Step that the error control would take, s.</summary>
    public double Wish { get; set; }

    /// <summary>Longest step of this simulation, s.</summary>
    public double LongestStep { get; set; }

    /// <summary>Until when the channels of site 0 are held open, s.</summary>
    public double HeldUntil { get; set; }

    /// <summary>When the simulation ends undecided, s.</summary>
    public double TimeLimit { get; set; }

    /// <summary>True while the channels of site 0 are held open.</summary>
    public bool IsHeld => Time < HeldUntil;

    /// <summary>Step being tried, s.</summary>
    public double Dt { get; set; }

    /// <summary>Where the step being tried must not go beyond, s.</summary>
    public double Target { get; set; }

    /// <summary>True if the step that was tried stood.</summary>
    public bool Stood { get; set; }

    /// <summary>Whole milliseconds of the clock that have passed.</summary>
    public int Milliseconds { get; set; }

    /// <summary>Whole milliseconds that had passed when the watched site was last seen with a channel open.</summary>
    public int LastOpen { get; set; }

    /// <summary>Accepted steps.</summary>
    public long Steps { get; set; }

    /// <summary>Time at which each site fired, s; NaN if it has not [sites].</summary>
    public double[] Arrival { get; } = new double[sites];

    /// <summary>Largest free calcium so far where the rule looks, µM.</summary>
    public double Peak { get; set; }

    /// <summary>Total calcium at the start, µM µm³.</summary>
    public double StartTotal { get; set; }

    /// <summary>Relative change of total calcium at the end.</summary>
    public double Drift { get; set; }

    /// <summary>Last time a trace was written, s.</summary>
    public double Traced { get; set; }

    /// <summary>The verdict once there is one.</summary>
    public Outcome Outcome { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; set; }

    /// <summary>What a rule found when its event was over, if the run goes on.</summary>
    public (Outcome Outcome, double[] Values)? AtTheEnd { get; set; }

    /// <summary>Series of (time, free calcium) at the watched site, for rules that need it.</summary>
    public List<(double Time, double Calcium)> Series { get; } = [];

    /// <summary>Events of the watched site, for rules that count them.</summary>
    public EventTrain Train { get; } = new();

    /// <summary>ΔF/F0, if there is a dye.</summary>
    public DyeRecord? Dye { get; init; }

    /// <summary>Mobile-bound calcium at the peak, for rules that need it [cells].</summary>
    public double[] Profile { get; } = new double[cells];

    /// <summary>Ends the simulation as failed; the bundle adds the place.</summary>
    public void Fail(string what) => (Outcome, Reason) = (Outcome.Failed, $"{what} at t={Time:g6} s");

    /// <summary>Value of a parameter.</summary>
    public double this[int parameter] => Simulation!.Parameters[parameter];
}
