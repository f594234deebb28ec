using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// A wave that starts in the left half of the field, whose lower half cannot follow because the gate <c>gate</c> is closed there: its free end
/// curls up to a spiral where the medium allows it. Repetitive: at least three waves come by a quarter of the length from the right end, at regular
/// intervals (coefficient of variation below 0.3); wave: at least one does.
/// </summary>
internal sealed class RotorRule : GridRule
{
    private const string Chosen = "chosen";
    private readonly GridModel _model;

    /// <summary>Declares the parameters.</summary>
    /// <exception cref="CompositionException">There is no such gate.</exception>
    public RotorRule(GridModel model, ScenarioDefinition scenario, ParameterTable table, PartDefinition part)
    {
        _model = model;
        Field = new FieldGridRule(model, table);
        string gate = part.Options.GetValueOrDefault("gate", "");
        int at = model.Medium.Gates.ToList().IndexOf(gate);
        Gate = at >= 0 ? model.Medium.Pools.Count + at
            : throw new CompositionException($"{scenario.Name}: outcome rotor: there is no gate '{gate}'; name one of {string.Join(", ", model.Medium.Gates)}");
        Store = model.Medium.Pool(scenario, part.Options.GetValueOrDefault("store", "store"));
        Raised = table.Add(new("wave.raised", "µM", 0.45, 0, 1000, "free calcium that the left half of the field takes from the store at t = 0", Chosen));
        Closed = table.Add(new("wave.gate", "1", 0.3, 0, 1, $"{gate} in the lower half of the field at t = 0", Chosen));
        Cut = table.Add(new("wave.cut", "1", 1, 0, 1, "1: the wave is cut; 0: it is not, and all gates are at rest", Chosen, IsInteger: true));
    }

    /// <summary>The field that the wave runs in.</summary>
    public FieldGridRule Field { get; }

    /// <summary>State of the gate.</summary>
    public int Gate { get; }

    /// <summary>Pool that the wave's calcium comes out of.</summary>
    public int Store { get; }

    /// <summary>Indices of the rule's parameters.</summary>
    public int Raised { get; }

    /// <inheritdoc cref="Raised"/>
    public int Closed { get; }

    /// <inheritdoc cref="Raised"/>
    public int Cut { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Wave, Outcome.Repetitive, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables =>
    [
        .. Field.Observables,
        new("passages", "1", "waves that came by at a quarter of the length from the right end"),
        new("rotationPeriod", "s", "mean time between them; null below three"),
    ];

    /// <inheritdoc/>
    public override string? Check(Mesh mesh, ReadOnlySpan<double> v)
    {
        GridMedium medium = _model.MediumOf(v.ToArray());
        return v[Raised] * medium.Weight[_model.Cytosol] < medium.Rest[Store] * medium.Weight[Store] ? null : "wave.raised: the store does not hold that much calcium";
    }

    /// <inheritdoc/>
    public override IGridRun Start<V>(GridFields<V> fields, Simulation simulation) => new RotorRun<V>(_model, this, fields, simulation);
}
