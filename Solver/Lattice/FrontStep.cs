namespace CalciumSweep.Solver.Lattice;

/// <summary>What became of the next site.</summary>
internal enum FrontStep
{
    /// <summary>It fired.</summary>
    Fired,

    /// <summary>Its calcium stays below the threshold for ever: proved by a bound on the whole future.</summary>
    Never,

    /// <summary>Neither was found within the steps allowed.</summary>
    Undecided,
}
