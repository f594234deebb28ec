using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>What is measured of a cell, and its verdict: trajectory → observables → outcome. Chosen by <c>outcome: { use: … }</c>.</summary>
internal abstract class CompartmentRule
{
    /// <summary>The observables.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>The classes that apply.</summary>
    public virtual IReadOnlyList<Outcome> Outcomes => [];

    /// <summary>Flows whose integrals are kept, numbered as in the flux set.</summary>
    public virtual IReadOnlyList<int> TallyFlows => [];

    /// <summary>What these flows are called in a trajectory, µM/s.</summary>
    public virtual IReadOnlyList<string> TallyNames => [];

    /// <summary>True if an observable is drawn at random.</summary>
    public virtual bool IsStochastic => false;

    /// <summary>What is wrong with these parameters together, or null.</summary>
    public virtual string? Check(ReadOnlySpan<double> v) => null;

    /// <summary>A step ends at this time after <paramref name="after"/>, s.</summary>
    public virtual double NextCorner(ReadOnlySpan<double> v, double after) => double.PositiveInfinity;

    /// <summary>Memory of one lane, used for one simulation after the other.</summary>
    public abstract RuleRun NewRun();
}
