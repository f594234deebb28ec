using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>One simulation on its way.</summary>
internal sealed class FieldLane
{
    /// <summary>Number of the lane.</summary>
    public int Index { get; init; }

    /// <summary>The simulation, or null if the lane is idle.</summary>
    public Simulation? Simulation { get; set; }

    /// <summary>Step, order, history.</summary>
    public StepControl Control { get; } = new();

    /// <summary>Cell time, s.</summary>
    public double Time { get; set; }

    /// <summary>Length of the present step, s.</summary>
    public double Dt { get; set; }

    /// <summary>Time at which the present step ends by rule, or NaN.</summary>
    public double Target { get; set; }

    /// <summary>Error of the present step's coefficients over its correction.</summary>
    public double ErrorShare { get; set; }

    /// <summary>Shortest step tried before the simulation fails, s.</summary>
    public double ShortestStep { get; set; }

    /// <summary>End of the simulation, s.</summary>
    public double End { get; set; }

    /// <summary>Length of a cell, µm.</summary>
    public double Dx { get; set; }

    /// <summary>Accepted steps.</summary>
    public long Steps { get; set; }

    /// <summary>Steps tried again.</summary>
    public long Rejected { get; set; }

    /// <summary>Calcium at the start, µM of cytosol on average.</summary>
    public double StartTotal { get; set; }

    /// <summary>Relative change of total calcium; NaN if the cable is open.</summary>
    public double Drift { get; set; }

    /// <summary>The verdict, once it is there.</summary>
    public Outcome Outcome { get; set; }

    /// <summary>True if the last step stands.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>True once the simulation has ended.</summary>
    public bool IsDone { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; set; }

    /// <summary>Time of the last row traced, s.</summary>
    public double Traced { get; set; }

    /// <summary>What the rule follows.</summary>
    public object? Seen { get; set; }

    /// <summary>A parameter of the simulation.</summary>
    public double this[int parameter] => Simulation!.Parameters[parameter];
}
