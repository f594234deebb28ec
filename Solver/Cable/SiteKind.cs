using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Which channels the sites of a cable have.</summary>
internal abstract class SiteKind
{
    /// <summary>Name of the parameter that blocks them.</summary>
    public abstract string Block { get; }

    /// <summary>The kind a scenario names.</summary>
    /// <exception cref="CompositionException">There is no such kind.</exception>
    public static SiteKind Of(ScenarioDefinition scenario) =>
        scenario.Parts.First(p => p.Role == "sites").Use switch
        {
            "ryr.three-state" => new RyrKind(),
            "ip3r.de-young-keizer" => new Ip3rKind(),
            string other => throw new CompositionException($"{scenario.Name}: sites: unknown kind '{other}'; there are ryr.three-state, ip3r.de-young-keizer"),
        };

    /// <summary>Declares the kinetics' parameters.</summary>
    public abstract void Declare(ParameterTable t);

    /// <summary>How often a channel of a cell at rest opens, 1/s.</summary>
    public abstract double RestOpening(CableParameters p, double[] v);

    /// <summary>The channels of a bundle.</summary>
    public abstract SiteGates<V> NewGates<V>(CableParameters p, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
        where V : unmanaged, ILanes<V>;
}
