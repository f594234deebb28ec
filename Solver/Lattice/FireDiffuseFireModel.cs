using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// Fire–diffuse–fire waves on an infinite line, solved by Green's functions:
/// ∂c/∂t = D·∂²c/∂x² − k·c + (σ/τ)·Σ δ(x − n·d) while site n releases, from its firing at the first time with c(n·d) ≥ c* for τ.
/// </summary>
public sealed class FireDiffuseFireModel : Model
{
    private const int Count = 1, Seeds = 7;
    private readonly ScenarioDefinition _definition;

    /// <summary>Composes the model.</summary>
    /// <param name="definition">The scenario file.</param>
    /// <exception cref="CompositionException">The scenario overrides a parameter that does not exist.</exception>
    public FireDiffuseFireModel(ScenarioDefinition definition)
    {
        const string source = "Keizer, Smith, Ponce-Dawson and Pearson 1998, Biophys J 75:595";
        _definition = definition;
        var table = new ParameterTable(definition);
        table.Add(new("sites.spacing", "µm", 2, 0.1, 50, "distance of neighbouring release sites", "sarcomere length"));
        table.Add(new("sites.count", "1", 60, 2, 1000, "release sites on the line", "test value", IsInteger: true));
        table.Add(new("release.time", "s", 0.01, 1e-4, 10, "time a fired site releases", "duration of RyR release in a spark"));
        table.Add(new("release.amount", "µM·µm", 20, 1e-3, 1e6, "calcium released by a site per area of the line's cross-section", source));
        table.Add(new("threshold.calcium", "µM", 1, 1e-4, 1e4, "calcium above rest at which a site fires", source));
        table.Add(new("diffusion", "µm²/s", 30, 0.1, 1000, "effective diffusion coefficient of calcium", "buffered cytosol"));
        table.Add(new("uptake.rate", "/s", 0, 0, 1e4, "linear uptake of calcium", source));
        table.Add(new("stimulus.sites", "1", 1, 1, 999, "adjacent sites at the end that fire by force", "test value", IsInteger: true));
        table.Add(new("stimulus.interval", "s", 0, 0, 1e3, "time between forced firings, outermost first; 0: together", "test value"));
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
        new("waveSpeed", "µm/s", "distance over time from the 10th site after the last stimulated one to the last site; none without a wave or with fewer sites"),
        new("reach", "µm", "distance from the last stimulated site to the last one that fired"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Abortive, Outcome.Wave];

    /// <inheritdoc/>
    public override bool IsStochastic => false;

    /// <inheritdoc/>
    public override string Identity => "fire-diffuse-fire 1";

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters) =>
        parameters[Seeds] >= parameters[Count]
            ? $"stimulus.sites ({parameters[Seeds]}) leaves no site to recruit: keep it below sites.count ({parameters[Count]})"
            : null;

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) => new FireDiffuseFireSimulator(width);
}
