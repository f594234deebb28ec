namespace CalciumSweep.Solver.Fluxes;

/// <summary>Where a member's planes stand in the table of a pass. All offsets are constants of the compiled kernel.</summary>
internal static class Ports
{
    /// <summary>Most pools, gates and flows of one mechanism.</summary>
    public const int MostPools = 10, MostGates = 8, MostFlows = 4;

    /// <summary>First gate; what it gains, 1/s; what it loses, 1/s.</summary>
    public const int Gates = MostPools, Gains = Gates + MostGates, Losses = Gains + MostGates;

    /// <summary>Second and later flows: value, slope by into, slope by from, three planes each.</summary>
    public const int Flows = Losses + MostGates;

    /// <summary>Entries of a member.</summary>
    public const int PerMember = Flows + (3 * (MostFlows - 1));
}
