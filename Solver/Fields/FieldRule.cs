using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>What is measured of fields along a cable, when a simulation ends, and what it is called.</summary>
internal abstract class FieldRule
{
    /// <summary>Classes that apply; empty if there are none.</summary>
    public abstract IReadOnlyList<Outcome> Outcomes { get; }

    /// <summary>What is measured.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>The rule a scenario names.</summary>
    /// <exception cref="CompositionException">There is no such rule, or an option of it is wrong.</exception>
    public static FieldRule Of(ScenarioDefinition scenario, ParameterTable table, FieldLayout layout, FieldGeometry geometry)
    {
        PartDefinition part = scenario.Parts.FirstOrDefault(p => p.Role == "outcome") ?? new("outcome", "", "front", new Dictionary<string, string>(StringComparer.Ordinal));
        return part.Use switch
        {
            "front" => new FrontRule(scenario, part, table, layout, geometry),
            "front-speed" => new FrontSpeedRule(scenario, part, table, layout, geometry),
            _ => throw new CompositionException($"{scenario.Name}: unknown outcome rule '{part.Use}'; fields along a cable have front, front-speed"),
        };
    }

    /// <summary>What is wrong with these values together, or null.</summary>
    public virtual string? Check(ReadOnlySpan<double> parameters) => null;

    /// <summary>At the start: what the rule follows in this lane.</summary>
    public abstract object? Begin(IFieldView view, FieldLane lane);

    /// <summary>The next time at which a step must end, s; infinite if none.</summary>
    public virtual double NextStop(FieldLane lane) => double.PositiveInfinity;

    /// <summary>After an accepted step; true if nothing more is to be learnt.</summary>
    public abstract bool Observe(IFieldView view, FieldLane lane);

    /// <summary>The verdict at the end.</summary>
    public abstract Outcome Judge(IFieldView view, FieldLane lane);

    /// <summary>The observables at the end, in order.</summary>
    public abstract double[] Measure(IFieldView view, FieldLane lane);
}
