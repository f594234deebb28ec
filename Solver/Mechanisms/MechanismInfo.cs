namespace CalciumSweep.Solver.Mechanisms;

/// <summary>What specs, validation, <c>describe</c>, docs and tests know of a mechanism: all from its one file.</summary>
/// <param name="Id">Id in scenario files, e.g. <c>serca.hill</c>.</param>
/// <param name="Source">Paper or book.</param>
public sealed record MechanismInfo(string Id, string Source)
{
    /// <summary>Pools it reads, in port order.</summary>
    public required IReadOnlyList<string> Pools { get; init; }

    /// <summary>Flows it makes, in port order.</summary>
    public required IReadOnlyList<FlowInfo> Flows { get; init; }

    /// <summary>Gates it owns, in port order.</summary>
    public IReadOnlyList<GateInfo> Gates { get; init; } = [];

    /// <summary>Parameters.</summary>
    public required IReadOnlyList<RateInfo> Parameters { get; init; }

    /// <summary>False if slopes are left out (0): steps that are implicit by slopes treat such a flow as explicit.</summary>
    public bool HasSlopes { get; init; } = true;

    /// <summary>False if the flows are counted elsewhere, so that blocking them here would lose calcium: there is no <c>name.block</c>.</summary>
    public bool CanBeBlocked { get; init; } = true;

    /// <summary>True if it has more than 150 operations: no other mechanism shares its pass.</summary>
    public bool StandsAlone { get; init; }
}
