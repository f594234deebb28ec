namespace CalciumSweep.Solver.Fields;

/// <summary>Whether a pool holds instantaneous buffers: its variable is then total calcium, with a mass matrix.</summary>
internal interface IRapid
{
    /// <summary>True if it does.</summary>
    static abstract bool Is { get; }
}
