using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>The sites of one lane. Memory is taken at the start of a simulation and kept; nothing is allocated per interval.</summary>
internal abstract class CellSitesRun
{
    /// <summary>Draws the sites at rest.</summary>
    /// <param name="simulation">The simulation: its parameters and random stream.</param>
    /// <param name="state">State at rest: free concentrations first [variables].</param>
    public abstract void Start(Simulation simulation, ReadOnlySpan<double> state);

    /// <summary>Lets the sites run over an interval, and writes what they did in it as steady fluxes.</summary>
    /// <param name="t">Start of the interval, s.</param>
    /// <param name="limit">Where it must end at the latest, s.</param>
    /// <param name="state">Free concentrations at the start; receives the pools that the sites write [variables].</param>
    /// <returns>Its end, s.</returns>
    public abstract double Advance(double t, double limit, Span<double> state);

    /// <summary>Writes what was measured of the sites [observables].</summary>
    public abstract void Finish(Span<double> observables);
}
