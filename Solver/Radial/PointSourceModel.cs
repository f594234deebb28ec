using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Radial;

/// <summary>The steady calcium nanodomain of one open channel in a mobile buffer: the full equations and three approximations in closed form.</summary>
public sealed class PointSourceModel : Model
{
    // 1e-12/(2F)·1e21: µM µm³/s per pA.
    private const double PerPicoampere = 5182.1348;
    private readonly ScenarioDefinition _definition;

    /// <summary>Composes the model.</summary>
    /// <param name="definition">The scenario file.</param>
    /// <exception cref="CompositionException">The scenario overrides a parameter that does not exist.</exception>
    public PointSourceModel(ScenarioDefinition definition)
    {
        _definition = definition;
        var table = new ParameterTable(definition);
        table.Add(new("current", "pA", 0.1, 0, 20, "current of the channel", "Weber et al. 2010, J Physiol 588:1999 (order)"));
        table.Add(new("diffusion", "µm²/s", 250, 1, 1000, "diffusion of free calcium", "Allbritton, Meyer and Stryer 1992, Science 258:1812"));
        table.Add(new("rest.cytosolic", "µM", 0.1, 0, 10, "free calcium far away", "Clapham 2007, Cell 131:1047"));
        table.Add(new("buffer.diffusion", "µm²/s", 200, 0, 1000, "diffusion of the buffer, bound and free alike", "BAPTA-like"));
        table.Add(new("buffer.kon", "1/(µM s)", 500, 1e-3, 2000, "binding rate of the buffer", "BAPTA-like: Naraghi and Neher 1997, J Neurosci 17:6961"));
        table.Add(new("buffer.k", "µM", 0.2, 1e-3, 1000, "[Ca²⁺] of half-saturation of the buffer", "BAPTA-like: Naraghi and Neher 1997, J Neurosci 17:6961"));
        table.Add(new("buffer.total", "µM", 1000, 0, 50000, "total buffer", "chosen"));
        table.Add(new("distance", "µm", 0.02, 1e-3, 10, "distance from the channel", "chosen"));
        table.Add(new("plane", "1", 0, 0, 1, "1: the channel sits in a membrane that reflects; 0: in free space", "chosen", IsInteger: true));
        Parameters = table.Complete();
        DefaultObservables = definition.Observe.Count > 0 ? definition.Observe : [.. Observables.Select(o => o.Name)];
    }

    /// <inheritdoc/>
    public override string Scenario => _definition.Name;

    /// <inheritdoc/>
    public override string Summary => _definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("calcium", "µM", "free calcium at the distance, full equations, steady state"),
        new("freeBuffer", "µM", "free buffer at the distance, full equations"),
        new("excess", "µM", "free calcium by the excess-buffer approximation"),
        new("rapid", "µM", "free calcium by the rapid-buffer approximation"),
        new("linear", "µM", "free calcium by the linearised equations"),
        new("length", "µm", "λ = √(D/(k_on b∞)), the reach of free calcium; null without buffer"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [];

    /// <inheritdoc/>
    public override bool IsStochastic => false;

    /// <inheritdoc/>
    public override string Identity => "point-source 1";

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) => new PointSourceSimulator(width);

    /// <summary>The problem of a point. A source in a reflecting plane is one of twice the strength in free space.</summary>
    internal static PointSource SourceOf(ReadOnlySpan<double> v) =>
        new(v[0] * PerPicoampere * (1 + v[8]), v[1], v[2], v[3], v[4], v[5], v[6]);
}
