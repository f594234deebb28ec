namespace CalciumSweep.Solver.Fields;

/// <summary>What is at the ends of a cable.</summary>
internal enum Boundary
{
    /// <summary>Nothing passes.</summary>
    NoFlux,

    /// <summary>The ends are joined.</summary>
    Periodic,

    /// <summary>Every pool is held at rest.</summary>
    Clamped,
}
