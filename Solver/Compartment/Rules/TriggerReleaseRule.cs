using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Trigger and release of cardiac units under voltage clamp: peaks, integrals, gain.</summary>
internal sealed class TriggerReleaseRule : CompartmentRule
{
    private readonly int _trigger, _release, _tallies;

    /// <summary>Finds the flows: the dyad makes a first and a second one.</summary>
    public TriggerReleaseRule(ScenarioDefinition scenario, MediumParts medium)
    {
        (_trigger, _release) = (0, 1);
        _tallies = medium.Pools.Count + medium.Gates.Count + medium.Buffers.Count(b => !b.IsRapid);
        if (medium.Mechanisms.Count != 1 || medium.Mechanisms[0].Info.Flows.Count != 2)
        {
            throw new CompositionException($"{scenario.Name}: outcome trigger-release needs one mechanism, that of the units");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> TallyFlows => [_trigger, _release];

    /// <inheritdoc/>
    public override IReadOnlyList<string> TallyNames => ["trigger", "release"];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("peakTriggerFlux", "µM/s", "highest flux of the L-type channels"),
        new("peakReleaseFlux", "µM/s", "highest flux of the ryanodine receptors"),
        new("peakGain", "1", "peak release over peak trigger; null without trigger"),
        new("triggerCalcium", "µM", "calcium through the L-type channels, whole clamp"),
        new("releasedCalcium", "µM", "calcium through the ryanodine receptors, whole clamp"),
        new("integralGain", "1", "released over trigger calcium; null without trigger"),
    ];

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(TriggerReleaseRule rule) : RuleRun
    {
        private double _trigger, _release;

        public override void Start(ReadOnlySpan<double> v, Span<double> state) => (_trigger, _release) = (0, 0);

        public override void Step(in CellStep step)
        {
            _trigger = Math.Max(_trigger, Math.Max(step.FlowsBefore[rule._trigger], step.FlowsAfter[rule._trigger]));
            _release = Math.Max(_release, Math.Max(step.FlowsBefore[rule._release], step.FlowsAfter[rule._release]));
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            double trigger = state[rule._tallies], released = state[rule._tallies + 1];
            ReadOnlySpan<double> all =
            [
                _trigger, _release, _trigger > 0 ? _release / _trigger : double.NaN, trigger, released, trigger > 0 ? released / trigger : double.NaN,
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }
    }
}
