using CalciumSweep.Solver.Compartment.Rules;
using CalciumSweep.Solver.Compartment.Sites;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// One well-mixed cell: any pools, buffers and mechanisms with their gates, clamped pools driven by protocols, and a rule that
/// measures. <c>stepping: explicit | implicit</c> forces a method; without it each simulation starts explicit and turns
/// implicit when it proves stiff.
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
        Medium.RefuseLinear(definition);
        Cytosol = Medium.Pool(definition, "cytosol");
        Kinetic = [.. Medium.Buffers.Where(b => !b.IsRapid)];
        Rapid = [.. Medium.Buffers.Where(b => b.IsRapid)];
        string duration = definition.Parts.First(p => p.Role == "geometry").Options.GetValueOrDefault("duration", "duration");
        Duration = table.Add(new(duration, "s", 100, 1e-4, 10000, "cell time simulated", "long against the pumps"));
        Protocols = [.. ProtocolParts.Read(definition, table, Medium)];
        Sites = CellSitesParts.Read(definition, table, Medium, Protocols);
        Rule = CompartmentRules.Read(definition, table, Medium, Protocols, Duration);
        Parameters = table.Complete();
        Observables = [.. Rule.Observables, .. Sites?.Observables ?? []];
        Control = Medium.Mechanisms.Any(m => m.Balance == Fluxes.Balance.Control) ? Defaults() : [];
        Stepping = definition.Parts.First(p => p.Role == "geometry").Options.GetValueOrDefault("stepping") switch
        {
            null or "auto" => CompartmentStepping.Auto,
            "explicit" => CompartmentStepping.Explicit,
            "implicit" => CompartmentStepping.Implicit,
            string other => throw new CompositionException(
                $"{definition.Name}: geometry: unknown stepping '{other}'; there are auto, explicit, implicit"),
        };
    }

    /// <summary>The pools, buffers and mechanisms.</summary>
    public MediumParts Medium { get; }

    /// <summary>Buffers whose bound calcium is a variable.</summary>
    public Medium.Buffer[] Kinetic { get; }

    /// <summary>Buffers in equilibrium.</summary>
    public Medium.Buffer[] Rapid { get; }

    /// <summary>What drives clamped pools.</summary>
    public Protocol[] Protocols { get; }

    /// <summary>Stochastic sites, or null.</summary>
    public CellSites? Sites { get; }

    /// <summary>What is measured.</summary>
    public CompartmentRule Rule { get; }

    /// <summary>How steps are made.</summary>
    public CompartmentStepping Stepping { get; }

    /// <summary>Default parameters, if a leak is balanced with them; else empty.</summary>
    public double[] Control { get; }

    /// <summary>Plane of the cytosol.</summary>
    public int Cytosol { get; }

    /// <summary>Index of the duration.</summary>
    public int Duration { get; }

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables =>
        _definition.Observe.Count > 0 ? _definition.Observe : [.. Observables.Select(o => o.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => Rule.Outcomes;

    /// <inheritdoc/>
    public override bool IsStochastic => Rule.IsStochastic || Sites is not null;

    /// <inheritdoc/>
    public override string Identity => ScenarioText.Canonical(_definition);

    /// <summary>True if a pool has a buffer in equilibrium.</summary>
    public bool IsRapid(int pool) => Array.Exists(Rapid, b => b.Pool == pool);

    /// <summary>True for variables that may not be negative: concentrations and bound calcium. Gates and voltages are no such.</summary>
    public bool IsConcentration(int variable)
    {
        int pools = Medium.Pools.Count, bound = pools + Medium.Gates.Count;
        return variable < pools ? !Medium.Pools[variable].IsSigned : variable >= bound && variable < bound + Kinetic.Length;
    }

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters)
    {
        foreach (Protocol protocol in Protocols)
        {
            if (protocol.Check(parameters) is { } problem)
            {
                return problem;
            }
        }

        return Rule.Check(parameters);
    }

    /// <summary>The first time after <paramref name="after"/> at which a step must end, s.</summary>
    public double NextCorner(ReadOnlySpan<double> v, double after)
    {
        double corner = Math.Min(v[Duration], Rule.NextCorner(v, after));
        foreach (Protocol protocol in Protocols)
        {
            double next = protocol.NextCorner(v, after);
            corner = next > after ? Math.Min(corner, next) : corner;
        }

        return corner;
    }

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) =>
        (ISimulator)Activator.CreateInstance(typeof(CompartmentSimulator<>).MakeGenericType(LaneWidth.TypeOf(width)), this)!;
}
