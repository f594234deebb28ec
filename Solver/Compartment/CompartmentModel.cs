using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// One well-mixed cell: pools of calcium with instantaneous buffering (a constant share of each pool is free), joined
/// by any mechanisms. Shows the gradient at rest and the recovery from a load.
/// </summary>
internal sealed class CompartmentModel : Model
{
    private readonly ScenarioDefinition _definition;

    /// <summary>Composes the scenario.</summary>
    /// <exception cref="CompositionException">A part does not fit.</exception>
    public CompartmentModel(ScenarioDefinition definition)
    {
        _definition = definition;
        var table = new ParameterTable(definition);
        Medium = new MediumParts(definition, table);
        (Cytosol, Er, Outside) = (Medium.Pool(definition, "cytosol"), Medium.Pool(definition, "er"), Medium.Pool(definition, "outside"));
        Load = table.Add(new("load.amount", "µM", 0, 0, 100, "free calcium added to the cytosol at t = 0", "no load"));
        Threshold = table.Add(new("recovery.threshold", "µM", 0.2, 0.01, 10, "recovery is the fall of free calcium to this", "twice the rest"));
        Duration = table.Add(new("duration", "s", 100, 0.01, 10000, "cell time simulated", "long against the pumps"));
        Parameters = table.Complete();
    }

    /// <summary>The pools and mechanisms.</summary>
    public MediumParts Medium { get; }

    /// <summary>Planes of the pools that are measured.</summary>
    public int Cytosol { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Er { get; }

    /// <inheritdoc cref="Cytosol"/>
    public int Outside { get; }

    /// <summary>Indices of the model's own parameters.</summary>
    public int Load { get; }

    /// <inheritdoc cref="Load"/>
    public int Threshold { get; }

    /// <inheritdoc cref="Load"/>
    public int Duration { get; }

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("restCytosolic", "µM", "free calcium of the cytosol at the end"),
        new("restEr", "µM", "free calcium of the store at the end"),
        new("outsideRatio", "1", "outside over cytosol at the end"),
        new("erRatio", "1", "store over cytosol at the end"),
        new("restDrift", "1", "relative change of cytosolic calcium over the run; runs without a load"),
        new("restErDrift", "1", "relative change of the store's calcium over the run; runs without a load"),
        new("recoveryTime", "s", "time from the load to the fall through recovery.threshold; null if never"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables =>
        _definition.Observe.Count > 0 ? _definition.Observe : [.. Observables.Select(o => o.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [];

    /// <inheritdoc/>
    public override bool IsStochastic => false;

    /// <inheritdoc/>
    public override string Identity => ScenarioText.Canonical(_definition);

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) =>
        (ISimulator)Activator.CreateInstance(typeof(CompartmentSimulator<>).MakeGenericType(LaneWidth.TypeOf(width)), this)!;
}
