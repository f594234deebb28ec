using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Fields;

/// <summary>Deterministic fields along a cable: any pools, buffers and mechanisms, without release sites.</summary>
internal sealed class FieldModel : Model
{
    private const int Held = 2;
    private readonly ScenarioDefinition _definition;

    /// <summary>Composes the scenario.</summary>
    /// <exception cref="CompositionException">A part does not fit.</exception>
    public FieldModel(ScenarioDefinition definition)
    {
        _definition = definition;
        var table = new ParameterTable(definition);
        Geometry = new FieldGeometry(definition, table);
        Medium = new MediumParts(definition, table);
        Layout = new FieldLayout(definition, Medium);
        Stimulus = new FieldStimulus(definition, table, Layout, Geometry);
        Rule = FieldRule.Of(definition, table, Layout, Geometry);
        Scale = Geometry.ScaleName is { } name ? table.IndexOf(name) : -1;
        if (Geometry.ScaleName is not null && Scale < 0)
        {
            throw new CompositionException($"{definition.Name}: geometry.scale: there is no parameter '{Geometry.ScaleName}'");
        }

        string stepper = definition.Parts.First(p => p.Role == "geometry").Options.GetValueOrDefault("stepper", "libdf");
        if (stepper != "libdf")
        {
            throw new CompositionException($"{definition.Name}: geometry.stepper: unknown method '{stepper}'; there is libdf");
        }

        Parameters = table.Complete();
        Control = Defaults();
    }

    /// <summary>Where and for how long.</summary>
    public FieldGeometry Geometry { get; }

    /// <summary>Pools, buffers, mechanisms.</summary>
    public MediumParts Medium { get; }

    /// <summary>How they are coupled.</summary>
    public FieldLayout Layout { get; }

    /// <summary>What is at t = 0.</summary>
    public FieldStimulus Stimulus { get; }

    /// <summary>What is measured.</summary>
    public FieldRule Rule { get; init; }

    /// <summary>Another start than the stimulus: concentration of a pool at a place. For tests.</summary>
    public Func<int, double, double>? Start { get; init; }

    /// <summary>Another start than equilibrium: what is bound to a kinetic buffer at a place. For tests.</summary>
    public Func<int, double, double>? StartBound { get; init; }

    /// <summary>Tolerances as multiples of the usual ones. For reference runs.</summary>
    public double Tolerance { get; init; } = 1;

    /// <summary>A fixed step, s; 0 for control. For tests of order.</summary>
    public double FixedStep { get; init; }

    /// <summary>Highest order used.</summary>
    public int MostOrder { get; init; } = StepHistory.MostOrder;

    /// <summary>False to compute the whole cable from the start, also where no front has come near. For reference runs.</summary>
    public bool HasWindow { get; init; } = true;

    /// <summary>Default parameters: those of the control, for leaks that are balanced there.</summary>
    public double[] Control { get; }

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables => Rule.Observables;

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables =>
        _definition.Observe.Count > 0 ? _definition.Observe : [.. Observables.Select(o => o.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => Rule.Outcomes;

    /// <inheritdoc/>
    public override bool IsStochastic => false;

    /// <inheritdoc/>
    public override string Identity => ScenarioText.Canonical(_definition);

    private int Scale { get; }

    /// <summary>The same model at another multiple of the usual tolerances.</summary>
    public FieldModel At(double tolerance) => new(_definition) { Tolerance = tolerance };

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters)
    {
        int diffusion = Medium.Pools[Layout.Calcium].Diffusion;
        if (Scale >= 0 && !(parameters[Scale] > 0 && parameters[diffusion] > 0))
        {
            return $"{Parameters[Scale].Name} and {Parameters[diffusion].Name} must exceed 0: they are the scale of the mesh";
        }

        return Rule.Check(parameters);
    }

    /// <inheritdoc/>
    public override int Shape(ReadOnlySpan<double> parameters) => Geometry.CellsOf(parameters);

    /// <summary>Unit of the geometry's lengths, µm, and of its times, s.</summary>
    public (double Length, double Time) Units(ReadOnlySpan<double> v) => Scale < 0
        ? (1, 1)
        : (Math.Sqrt(v[Medium.Pools[Layout.Calcium].Diffusion] / v[Scale]), 1 / v[Scale]);

    /// <summary>True if no calcium enters or leaves: no clamped end, no flow to or from a clamped pool of calcium, no production of it.</summary>
    public bool IsClosed(IReadOnlyList<(int Into, int From)> flows) =>
        Geometry.Boundary != Boundary.Clamped && flows.All(f => CalciumAt(f.Into) == CalciumAt(f.From) && CalciumAt(f.Into) != Held);

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) =>
        (ISimulator)Activator.CreateInstance(typeof(FieldSimulator<>).MakeGenericType(LaneWidth.TypeOf(width)), this)!;

    /// <summary>The mechanisms at one lane width, with the slopes that the layout needs.</summary>
    public FluxSet<V> NewFluxes<V>()
        where V : unmanaged, ILanes<V>
    {
        var flows = Medium.Mechanisms.SelectMany(m => Enumerable.Range(0, m.Info.Flows.Count).Select(m.FlowPlanes)).ToList();
        return new FluxSet<V>(
            Medium.Mechanisms, Medium.Pools.Count, FieldFlows.NeedsFrom(Layout, flows) ? typeof(BothSlopes) : typeof(IntoSlopes));
    }

    private int CalciumAt(int pool) =>
        pool < 0 || !Medium.Pools[pool].IsCalcium ? 0 : Medium.Pools[pool].IsClamped ? Held : 1;
}
