using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Response to an agonist: oscillation over the second half of the stimulus, a plateau at its end, or neither.</summary>
internal sealed class AgonistRule : CompartmentRule
{
    private const double Noise = 0.01, PlateauOverRest = 1.2;
    private readonly int _cytosol, _ip3, _duration;
    private readonly StepProtocol _agonist;

    /// <summary>Finds what is measured.</summary>
    public AgonistRule(ScenarioDefinition scenario, MediumParts medium, PartDefinition part, IReadOnlyList<Protocol> protocols, int duration)
    {
        (_cytosol, _ip3, _duration) = (medium.Pool(scenario, "cytosol"), medium.Pool(scenario, "ip3"), duration);
        int agonist = medium.Pool(scenario, part.Options.GetValueOrDefault("agonist", "agonist"));
        _agonist = protocols.OfType<StepProtocol>().FirstOrDefault(p => p.Pool == agonist) ?? throw new CompositionException($"{scenario.Name}: outcome agonist needs a step of the agonist");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("oscillationFrequency", "Hz", "one over the mean time between peaks in the second half of the stimulus; null unless repetitive"),
        new("peakCytosolic", "µM", "highest free calcium of the cytosol"),
        new("peakIp3", "µM", "highest IP3"),
        new("endCytosolic", "µM", "free calcium of the cytosol at the end of the stimulus"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Repetitive, Outcome.Plateau];

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after) => after < Middle(v) ? Middle(v) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private double End(ReadOnlySpan<double> v) => Math.Min(_agonist.End(v), v[_duration]);

    private double Middle(ReadOnlySpan<double> v) => 0.5 * (_agonist.Start(v) + End(v));

    private sealed class Run(AgonistRule rule) : RuleRun
    {
        private PeakTrain _peaks;
        private double _peak, _ip3, _rest, _end;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            _peaks = new PeakTrain(Noise);
            (_peak, _ip3, _rest, _end) = (state[rule._cytosol], state[rule._ip3], state[rule._cytosol], state[rule._cytosol]);
        }

        public override void Step(in CellStep step)
        {
            ReadOnlySpan<double> v = step.Parameters;
            _peak = Math.Max(_peak, step.Piece(rule._cytosol).Highest().Value);
            _ip3 = Math.Max(_ip3, step.Piece(rule._ip3).Highest().Value);
            _rest = step.End <= rule._agonist.Start(v) ? step.After[rule._cytosol] : _rest;
            if (step.End <= rule.End(v))
            {
                _end = step.After[rule._cytosol];
                if (step.Start >= rule.Middle(v))
                {
                    _peaks.Add(step, rule._cytosol);
                }
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            (observables[0], observables[1], observables[2], observables[3]) = (_peaks.IsRepetitive ? 1 / _peaks.Period : double.NaN, _peak, _ip3, _end);
            return _peaks.IsRepetitive ? Outcome.Repetitive : _end > PlateauOverRest * _rest ? Outcome.Plateau : Outcome.Quiescent;
        }
    }
}
