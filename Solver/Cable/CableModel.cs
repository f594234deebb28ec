using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// Stochastic release sites along a cable: fields of free, bound and stored calcium in finite volumes, a junctional
/// store and a cluster of channels at every site.
/// </summary>
internal sealed class CableModel : Model
{
    private readonly ScenarioDefinition _definition;

    /// <summary>Composes the scenario.</summary>
    /// <exception cref="CompositionException">A part does not fit.</exception>
    public CableModel(ScenarioDefinition definition)
    {
        _definition = definition;
        var table = new ParameterTable(definition);
        Kind = SiteKind.Of(definition);
        P = new CableParameters(table, definition, Kind);
        Buffers = ReadBuffers(definition, table);
        Rule = CableRule.Of(definition, Kind);
        Mechanisms = MechanismParts.Read(definition, table, ["cytosol", "store"]);
        Dye = Buffers.FirstOrDefault(b => b.IsIndicator) is { } dye ? new Dye(table, dye) : null;
        Parameters = table.Complete();
    }

    /// <summary>Indices of the cable's own parameters.</summary>
    public CableParameters P { get; }

    /// <summary>The channels of the sites.</summary>
    public SiteKind Kind { get; }

    /// <summary>The buffers of the cytosol.</summary>
    public IReadOnlyList<Buffer> Buffers { get; }

    /// <summary>The dye, if a buffer is an indicator.</summary>
    public Dye? Dye { get; }

    /// <summary>How a simulation ends and what it is called.</summary>
    public CableRule Rule { get; }

    /// <summary>The mechanisms over cytosol (plane 0) and store (plane 1).</summary>
    public IReadOnlyList<MechanismInstance> Mechanisms { get; }

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables =>
        Dye is null ? Rule.Observables : [.. Rule.Observables, .. Dye.Observables];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables =>
        _definition.Observe.Count > 0 ? _definition.Observe : [.. Observables.Select(o => o.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => Rule.Outcomes;

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string Identity => ScenarioText.Canonical(_definition);

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters)
    {
        double c0 = parameters[P.CytosolRest], e0 = parameters[P.StoreRest];
        if (e0 <= c0)
        {
            return $"store.rest ({e0} µM) must exceed cytosol.rest ({c0} µM)";
        }

        if (parameters[P.ExtinctCalcium] < c0)
        {
            return $"extinct.calcium ({parameters[P.ExtinctCalcium]} µM) must not be below cytosol.rest ({c0} µM)";
        }

        return Rule.Check(P, parameters);
    }

    /// <inheritdoc/>
    public override int Shape(ReadOnlySpan<double> parameters) =>
        ((int)parameters[P.SiteCount] << 12) | CellsPerSite(parameters);

    /// <summary>M: the smallest odd integer at least spacing/mesh.dx (less 10⁻⁹), so that a site sits at the centre of a cell.</summary>
    public int CellsPerSite(ReadOnlySpan<double> parameters)
    {
        int m = Math.Max(1, (int)Math.Ceiling((parameters[P.Spacing] / parameters[P.MeshDx]) - 1e-9));
        return m | 1;
    }

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) =>
        (ISimulator)Activator.CreateInstance(typeof(CableSimulator<>).MakeGenericType(LaneWidth.TypeOf(width)), this)!;

    private static Buffer[] ReadBuffers(ScenarioDefinition definition, ParameterTable table)
    {
        Buffer[] buffers =
        [
            .. definition.Parts.Where(p => p.Role == "buffer").Select(p => new Buffer(definition, table, p, ["cytosol", "store"])),
        ];
        if (Array.Find(buffers, b => b.Pool != 0) is { } stored)
        {
            throw new CompositionException($"{definition.Name}: buffers.{stored.Name}: a cable with release sites has buffers in the cytosol only; its junctions hold junction.csq.total of calsequestrin");
        }

        if (Array.Find(buffers, b => b is { IsIndicator: true, Capacity: >= 0 }) is { } linear)
        {
            throw new CompositionException($"{definition.Name}: buffers.{linear.Name}: a linear buffer cannot be an indicator; use rapid, mobile or stationary");
        }

        return buffers;
    }
}
