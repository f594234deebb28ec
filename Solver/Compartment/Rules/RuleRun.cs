using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>A rule's memory of one simulation. Allocates nothing per step.</summary>
internal abstract class RuleRun
{
    /// <summary>Takes the random numbers of the simulation that starts next.</summary>
    public virtual void Use(RandomStream stream)
    {
    }

    /// <summary>Forgets the last simulation, and sets the start if it is not rest.</summary>
    /// <param name="v">Parameters.</param>
    /// <param name="state">State at rest: free concentrations, gates, bound calcium, tallies [variables].</param>
    public abstract void Start(ReadOnlySpan<double> v, Span<double> state);

    /// <summary>Takes notice of a step.</summary>
    public abstract void Step(in CellStep step);

    /// <summary>The observables at the end of the run.</summary>
    /// <param name="v">Parameters.</param>
    /// <param name="state">State at the end [variables].</param>
    /// <param name="observables">Receives them, NaN where one does not apply [observables].</param>
    public abstract Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables);
}
