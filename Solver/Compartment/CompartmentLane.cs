using CalciumSweep.Solver.Compartment.Rules;
using CalciumSweep.Solver.Compartment.Sites;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment;

/// <summary>Where one simulation of a bundle stands. Spans are reused: nothing is allocated per step.</summary>
/// <param name="run">The rule's memory.</param>
/// <param name="sites">The sites' memory, or null.</param>
/// <param name="variables">Number of variables.</param>
/// <param name="fluxes">Number of fluxes.</param>
internal sealed class CompartmentLane(RuleRun run, CellSitesRun? sites, int variables, int fluxes)
{
    private const double StiffSteps = 15, EasySteps = 6;

    /// <summary>The rule's memory.</summary>
    public RuleRun Run { get; } = run;

    /// <summary>The sites' memory, or null.</summary>
    public CellSitesRun? Sites { get; } = sites;

    /// <summary>State at both ends of the last accepted step, and its derivatives [variables].</summary>
    public double[] Before { get; } = new double[variables];

    /// <inheritdoc cref="Before"/>
    public double[] After { get; } = new double[variables];

    /// <inheritdoc cref="Before"/>
    public double[] SlopesBefore { get; } = new double[variables];

    /// <inheritdoc cref="Before"/>
    public double[] SlopesAfter { get; } = new double[variables];

    /// <summary>Fluxes at both ends [fluxes].</summary>
    public double[] FluxesBefore { get; } = new double[fluxes];

    /// <inheritdoc cref="FluxesBefore"/>
    public double[] FluxesAfter { get; } = new double[fluxes];

    /// <summary>What is simulated; null if the lane is idle.</summary>
    public Simulation? Simulation { get; set; }

    /// <summary>Time, next corner (of the protocols or of the sites), next corner of the protocols, step under way and step wished for, s.</summary>
    public double Time { get; set; }

    /// <inheritdoc cref="Time"/>
    public double Limit { get; set; }

    /// <inheritdoc cref="Time"/>
    public double Corner { get; set; }

    /// <inheritdoc cref="Time"/>
    public double Dt { get; set; }

    /// <inheritdoc cref="Time"/>
    public double Wish { get; set; }

    /// <summary>Accepted steps.</summary>
    public long Steps { get; set; }

    /// <summary>Time of the last row of the trace, s.</summary>
    public double Traced { get; set; }

    /// <summary>True if the steps are implicit.</summary>
    public bool IsImplicit { get; set; }

    /// <summary>True at the end.</summary>
    public bool IsDone { get; set; }

    /// <summary>Why it failed, or null.</summary>
    public string? Reason { get; set; }

    private int Stiff { get; set; }

    private int Easy { get; set; }

    /// <summary>Begins a simulation.</summary>
    public void Begin(Simulation simulation, bool isImplicit, double wish)
    {
        (Simulation, IsImplicit, Wish) = (simulation, isImplicit, wish);
        Array.Clear(FluxesAfter);
        (Time, Steps, Traced, IsDone, Reason, Stiff, Easy) = (0, 0, double.NegativeInfinity, false, null, 0, 0);
    }

    /// <summary>Counts steps at the edge of stability; true once there were fifteen of them without six easy ones in a row.</summary>
    public bool ProvesStiff(double stiffness)
    {
        bool isStiff = stiffness > 1;
        (Stiff, Easy) = isStiff ? (Stiff + 1, 0) : (Easy + 1 >= EasySteps ? 0 : Stiff, Easy + 1);
        return Stiff >= StiffSteps;
    }
}
