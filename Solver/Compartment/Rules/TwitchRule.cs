using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Trigger and release of a cell with its own SR, and the force of its twitch, a Hill function of calcium.</summary>
internal sealed class TwitchRule : CompartmentRule
{
    private readonly int _cytosol, _sr, _trigger, _release, _tallies, _k, _n, _filter;
    private readonly BeatProtocol _beat;

    /// <summary>Finds the flows: the dyad is the only one to take from the tubule, and makes the last flow of all.</summary>
    public TwitchRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part, IReadOnlyList<Protocol> protocols)
    {
        (_cytosol, _sr) = (medium.Pool(scenario, "cytosol"), medium.Pool(scenario, part.Options.GetValueOrDefault("sr", "sr")));
        _beat = protocols.OfType<BeatProtocol>().FirstOrDefault() ?? throw new CompositionException($"{scenario.Name}: outcome twitch needs a beat");
        var first = medium.Mechanisms.Select(m => m.FlowPlanes(0)).Distinct().ToList();
        _trigger = first.IndexOf((_cytosol, medium.Pool(scenario, "tubule")));
        _release = first.Count;
        if (_trigger < 0 || medium.Mechanisms.Any(m => m.Info.Flows.Count > 1 && m.FlowPlanes(0) != first[_trigger]))
        {
            throw new CompositionException($"{scenario.Name}: outcome twitch needs release units between tubule, cytosol and sr, and no other mechanism with a second flow");
        }

        TallyFlows = [_trigger, _release];
        _tallies = medium.Pools.Count + medium.Gates.Count + medium.Buffers.Count(b => !b.IsRapid);
        _k = table.Add(new("force.k", "µM", 0.8, 0.1, 5, "free calcium of half-maximal force", "Bers 2001, Excitation–Contraction Coupling, 2nd ed. (order)"));
        _filter = table.Add(new("flux.filter", "s", 0, 0, 0.005, "peaks are those of the mean flux over this time, as a filter makes it; 0: of the flux itself", "chosen"));
        _n = table.Add(new("force.n", "1", 4, 1, 8, "Hill exponent of the force", "Bers 2001, Excitation–Contraction Coupling, 2nd ed. (order)"));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> TallyFlows { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TallyNames => ["trigger", "release"];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("peakTriggerFlux", "µM/s", "highest flux of the L-type channels; under a clamp: during it"),
        new("peakReleaseFlux", "µM/s", "highest flux of the ryanodine receptors; under a clamp: during it"),
        new("peakGain", "1", "peak release over peak trigger; null without trigger"),
        new("triggerCalcium", "µM", "calcium through the L-type channels from the first beat to the end, or during the clamp"),
        new("releasedCalcium", "µM", "calcium through the ryanodine receptors from the first beat to the end, or during the clamp"),
        new("integralGain", "1", "released over trigger calcium; null without trigger"),
        new("peakForce", "1", "highest force over its saturation; null under a clamp"),
        new("peakCytosolic", "µM", "highest free calcium of the cytosol"),
        new("lowestSr", "µM", "lowest free calcium of the SR"),
        new("endSr", "µM", "free calcium of the SR at the end"),
        new("endCytosolic", "µM", "free calcium of the cytosol at the end"),
    ];

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(TwitchRule rule) : RuleRun
    {
        private readonly RunningMean _meanTrigger = new(), _meanRelease = new();
        private double _trigger, _release, _peak, _lowest, _triggerBefore, _releaseBefore, _triggerAfter, _releaseAfter;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            foreach (RunningMean mean in (ReadOnlySpan<RunningMean>)[_meanTrigger, _meanRelease])
            {
                mean.Clear();
                mean.Add(v[rule._filter], 0, 0);
            }

            (_trigger, _release, _peak, _lowest, _triggerBefore, _releaseBefore, _triggerAfter, _releaseAfter)
                = (0, 0, state[rule._cytosol], state[rule._sr], 0, 0, 0, 0);
        }

        public override void Step(in CellStep step)
        {
            _peak = Math.Max(_peak, step.Piece(rule._cytosol).Highest().Value);
            _lowest = Math.Min(_lowest, step.Piece(rule._sr).Lowest().Value);
            if (step.End <= rule._beat.Start(step.Parameters))
            {
                (_triggerBefore, _releaseBefore) = (step.After[rule._tallies], step.After[rule._tallies + 1]);
            }

            if (step.End <= rule._beat.End(step.Parameters))
            {
                _trigger = Math.Max(_trigger, Highest(rule, _meanTrigger, step, rule._trigger, rule._tallies));
                _release = Math.Max(_release, Highest(rule, _meanRelease, step, rule._release, rule._tallies + 1));
                (_triggerAfter, _releaseAfter) = (step.After[rule._tallies], step.After[rule._tallies + 1]);
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            double trigger = _triggerAfter - _triggerBefore, released = _releaseAfter - _releaseBefore;
            double relative = Elementary.Pow(Lane1.All(_peak / v[rule._k]), Lane1.All(v[rule._n])).Value;
            ReadOnlySpan<double> all =
            [
                _trigger, _release, _trigger > 0 ? _release / _trigger : double.NaN, trigger, released, trigger > 0 ? released / trigger : double.NaN,
                rule._beat.IsClamped(v) ? double.NaN : relative / (1 + relative), _peak, _lowest, state[rule._sr], state[rule._cytosol],
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }

        private static double Highest(TwitchRule rule, RunningMean mean, in CellStep step, int flow, int tally)
        {
            double width = step.Parameters[rule._filter], filtered = width > 0 ? mean.Add(width, step.End, step.After[tally]) : double.NaN;
            return width <= 0 ? Math.Max(step.FlowsBefore[flow], step.FlowsAfter[flow]) : double.IsNaN(filtered) ? 0 : filtered;
        }
    }
}
