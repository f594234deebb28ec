using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// Many stochastic sites of a cell, each with its own calcium, independent of one another given the cell's pools: over an interval
/// they see these pools, and what they did in it the cell gets as steady fluxes, by clamped pools that the sites write.
/// </summary>
internal abstract class CellSites
{
    private readonly ScenarioDefinition _scenario;
    private readonly PartDefinition _part;

    /// <summary>Keeps what declares pools.</summary>
    protected CellSites(ScenarioDefinition scenario, PartDefinition part) => (_scenario, _part) = (scenario, part);

    /// <summary>What is measured of the sites.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>Memory of one lane, used for one simulation after the other.</summary>
    public abstract CellSitesRun NewRun();

    /// <summary>Plane of a pool; an option of its name binds it to another.</summary>
    /// <exception cref="CompositionException">There is no such pool, or the sites cannot write it.</exception>
    protected int Pool(MediumParts medium, string port, bool isWritten = false)
    {
        int pool = medium.Pool(_scenario, _part.Options.GetValueOrDefault(port, port));
        return !isWritten || medium.Pools[pool].IsClamped
            ? pool
            : throw new CompositionException($"{_scenario.Name}: sites {_part.Use} write '{medium.Pools[pool].Name}': it must be clamped");
    }

    /// <summary>Full name of a parameter; an option of its name gives it another.</summary>
    protected string Full(string name) => _part.Options.GetValueOrDefault(name, $"{_part.Role}.{name}");
}
