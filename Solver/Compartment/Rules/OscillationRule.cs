using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>
/// Period and extremes of cytosolic calcium over the last half of a run. Repetitive: at least three peaks there, at regular
/// intervals (coefficient of variation below 0.3), the last above a fifth of the first. <c>start</c> names a gate that is
/// set at the start, <c>total</c> a parameter that sets all free calcium of a closed cell.
/// </summary>
internal sealed class OscillationRule : CompartmentRule
{
    /// <summary>Rises below this are no peaks, µM.</summary>
    private const double Noise = 1e-3;
    private readonly int _cytosol, _duration, _startCytosol, _gate = -1, _startGate, _total = -1, _store, _volume;

    /// <summary>Declares the rule's parameters.</summary>
    public OscillationRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part, int duration)
    {
        (_cytosol, _duration) = (medium.Pool(scenario, "cytosol"), duration);
        _startCytosol = table.Add(new("start.cytosolic", "µM", 0.1, 1e-3, 20, "free calcium of the cytosol at the start", "test value"));
        if (part.Options.TryGetValue("start", out string? gate))
        {
            int at = medium.Gates.ToList().IndexOf(gate);
            _gate = at >= 0 ? medium.Pools.Count + at : throw new CompositionException($"{scenario.Name}: outcome: there is no gate '{gate}'; there are {string.Join(", ", medium.Gates)}");
            _startGate = table.Add(new($"start.{gate.Split('.')[^1]}", "1", 0.8, 0, 1, $"{gate} at the start", "test value"));
        }

        if (part.Options.TryGetValue("total", out string? total))
        {
            _store = medium.Pool(scenario, "store");
            _volume = medium.Pools[_store].Volume;
            _total = table.Add(new(total, "µM", 2, 0.01, 1000, "total calcium over the cytosol's volume", "Li and Rinzel 1994, J Theor Biol 166:461"));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("period", "s", "mean time between the peaks of the last half; null unless repetitive"),
        new("minCytosolic", "µM", "lowest free calcium of the cytosol in the last half"),
        new("maxCytosolic", "µM", "highest free calcium of the cytosol in the last half"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Repetitive];

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> v) => _total >= 0 && v[_startCytosol] > v[_total]
        ? "start.cytosolic exceeds the total calcium: lower it or raise the total"
        : null;

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after) =>
        after < 0.5 * v[_duration] ? 0.5 * v[_duration] : double.PositiveInfinity;

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(OscillationRule rule) : RuleRun
    {
        private PeakTrain _peaks;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            state[rule._cytosol] = v[rule._startCytosol];
            if (rule._gate >= 0)
            {
                state[rule._gate] = v[rule._startGate];
            }

            if (rule._total >= 0)
            {
                state[rule._store] = (v[rule._total] - v[rule._startCytosol]) / v[rule._volume];
            }

            _peaks = new PeakTrain(Noise);
        }

        public override void Step(in CellStep step)
        {
            if (step.Start >= 0.5 * step.Parameters[rule._duration])
            {
                _peaks.Add(step, rule._cytosol);
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            (observables[0], observables[1], observables[2]) = (_peaks.IsRepetitive ? _peaks.Period : double.NaN, _peaks.Lowest, _peaks.Highest);
            return _peaks.IsRepetitive ? Outcome.Repetitive : Outcome.Quiescent;
        }
    }
}
