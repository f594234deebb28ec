using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// One cluster of cooperating channels as a birth–death process: with n of N open, each closed channel opens at
/// k₀(1 + αn), each open one closes at k. Means and passage times are known exactly (see <see cref="BirthDeathSimulator"/>);
/// <c>method: tau-leap</c> steps in τ instead, for comparison.
/// </summary>
public sealed class BirthDeathModel : Model
{
    /// <summary>Index of τ, where steps have that length.</summary>
    internal const int Tau = 6;

    private const int Channels = 0, StartOpen = 4;
    private readonly ScenarioDefinition _definition;
    private readonly bool _leaps;

    /// <summary>Composes the model.</summary>
    /// <param name="definition">The scenario file.</param>
    /// <exception cref="CompositionException">The scenario overrides a parameter that does not exist.</exception>
    public BirthDeathModel(ScenarioDefinition definition)
    {
        _definition = definition;
        var table = new ParameterTable(definition);
        table.Add(new("channels", "1", 20, 1, 1000, "channels of the cluster", "RyR per release unit", IsInteger: true));
        table.Add(new("opening.rate", "/s", 50, 0, 1e6, "opening rate of a closed channel while no other is open", "test value"));
        table.Add(new("cooperativity", "1", 0, 0, 1e3, "relative rise of the opening rate per open channel", "test value"));
        table.Add(new("closing.rate", "/s", 150, 0, 1e6, "closing rate of an open channel", "test value"));
        table.Add(new("start.open", "1", 1, 0, 1000, "channels open at the start", "test value", IsInteger: true));
        table.Add(new("duration", "s", 1, 1e-6, 1e6, "time simulated", "test value"));
        string? method = definition.Parts.First(p => p.Role == "geometry").Options.GetValueOrDefault("method");
        _leaps = method is "tau-leap";
        if (_leaps)
        {
            table.Add(new("tau", "s", 1e-4, 1e-9, 1, "length of a step", "short against the fastest rate"));
        }
        else if (method is not (null or "gillespie"))
        {
            throw new CompositionException($"{definition.Name}: geometry: unknown method '{method}'; there are gillespie, tau-leap");
        }

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
        new("firstEmpty", "s", "first time with no channel open; none if that does not happen within the duration"),
        new("reachedHalf", "1", "1 if at least half of the channels were open before none was, else 0; none if undecided at the end"),
        new("meanOpen", "1", "open channels, mean over the duration"),
        new("varianceOpen", "1", "open channels, variance over the duration"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [];

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string Identity => _leaps ? "cluster tau-leap 1" : "cluster 1";

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters) =>
        parameters[StartOpen] > parameters[Channels]
            ? $"start.open ({parameters[StartOpen]}) exceeds channels ({parameters[Channels]}): lower it or raise channels"
            : null;

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) => _leaps ? new TauLeapSimulator(width) : new BirthDeathSimulator(width);
}
