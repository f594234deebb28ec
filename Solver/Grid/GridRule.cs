using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Solver.Grid;

/// <summary>How a simulation in a sheet or a box starts, ends, and what is measured.</summary>
internal abstract class GridRule
{
    /// <summary>Classes that apply.</summary>
    public abstract IReadOnlyList<Outcome> Outcomes { get; }

    /// <summary>What is measured.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>The rule of a scenario.</summary>
    /// <exception cref="CompositionException">There is no such rule, or it does not fit.</exception>
    public static GridRule Of(ScenarioDefinition scenario, ParameterTable table, GridModel model)
    {
        PartDefinition? part = scenario.Parts.FirstOrDefault(p => p.Role == "outcome");
        string use = part?.Use ?? (model.Sites is null ? "field" : "site-wave");
        return use switch
        {
            "site-wave" when model.Sites is not null => new SiteGridRule(model, scenario),
            "field" => new FieldGridRule(model, table),
            "rotor" when model.Sites is null => new RotorRule(model, scenario, table, part!),
            _ => throw new CompositionException($"{scenario.Name}: outcome rule '{use}' does not fit; there are field and rotor, and site-wave with sites"),
        };
    }

    /// <summary>What is wrong with these values together, or null.</summary>
    public abstract string? Check(Mesh mesh, ReadOnlySpan<double> v);

    /// <summary>Starts a simulation in fields at rest.</summary>
    public abstract IGridRun Start<V>(GridFields<V> fields, Simulation simulation)
        where V : unmanaged, Lanes.ILanes<V>;
}
