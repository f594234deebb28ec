namespace CalciumSweep.Solver.Geometry;

/// <summary>What happens at the two faces of a domain that look along one direction.</summary>
internal enum Boundary
{
    /// <summary>Nothing passes.</summary>
    NoFlux,

    /// <summary>What leaves at one face enters at the other.</summary>
    Periodic,

    /// <summary>The concentration at the face is held at that of rest.</summary>
    Clamped,
}
