using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Release, plateau and refill under an agonist, and entry when outside calcium comes back.</summary>
internal sealed class StoreEntryRule : CompartmentRule
{
    private readonly MediumParts _medium;
    private readonly StepProtocol _agonist, _removal;
    private readonly int _cytosol, _er, _sensor, _duration, _gmax, _serca, _pmca, _ncx;

    /// <summary>Finds what is measured.</summary>
    public StoreEntryRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part, IReadOnlyList<Protocol> protocols, int duration)
    {
        (_medium, _duration) = (medium, duration);
        (_cytosol, _er) = (medium.Pool(scenario, "cytosol"), medium.Pool(scenario, "er"));
        (_agonist, _removal) = (Step(scenario, protocols, medium.Pool(scenario, part.Options.GetValueOrDefault("agonist", "ip3"))), Step(scenario, protocols, medium.Pool(scenario, "outside")));
        _sensor = medium.Pools.Count + medium.Gates.ToList().IndexOf("orai1.s");
        (_gmax, _serca, _pmca, _ncx) = (table.IndexOf("orai1.gmax"), table.IndexOf("serca.block"), table.IndexOf("pmca.vmax"), table.IndexOf("ncx.vmax"));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("initialPeak", "µM", "highest free calcium within 60 s of the agonist; null without agonist"),
        new("plateau", "µM", "free calcium at the end of the agonist; null without agonist"),
        new("refillFraction", "1", "stored calcium at the end over rest"),
        new("storeAtPlateau", "µM", "stored calcium at the end of the agonist; null without agonist"),
        new("sensorAtPlateau", "1", "share of STIM1 active at the end of the agonist; null without agonist"),
        new("endCytosolic", "µM", "free calcium at the end"),
        new("endEr", "µM", "stored calcium at the end"),
        new("readditionPeak", "µM", "highest free calcium after outside calcium came back; null if it was not removed"),
    ];

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> v) =>
        _serca >= 0 && v[_serca] >= 1 && v[_gmax] >= v[_pmca] + v[_ncx]
            ? $"with SERCA blocked entry (orai1.gmax {v[_gmax]} µM/s) exceeds what PMCA and NCX can remove ({v[_pmca] + v[_ncx]} µM/s) and calcium runs away: lower orai1.gmax"
            : null;

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private static StepProtocol Step(ScenarioDefinition scenario, IReadOnlyList<Protocol> protocols, int pool) =>
        protocols.OfType<StepProtocol>().FirstOrDefault(p => p.Pool == pool)
        ?? throw new CompositionException($"{scenario.Name}: outcome store-entry needs steps of the agonist and of outside");

    private sealed class Run(StoreEntryRule rule) : RuleRun
    {
        private const double PeakWindow = 60;
        private double _peak, _plateau, _store, _sensor, _back;

        public override void Start(ReadOnlySpan<double> v, Span<double> state) =>
            (_peak, _plateau, _store, _sensor, _back) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        public override void Step(in CellStep step)
        {
            ReadOnlySpan<double> v = step.Parameters;
            double start = rule._agonist.Start(v), end = Math.Min(rule._agonist.End(v), v[rule._duration]), highest = step.Piece(rule._cytosol).Highest().Value;
            if (end > start && step.Start >= start && step.Start < start + PeakWindow)
            {
                _peak = double.IsNaN(_peak) ? highest : Math.Max(_peak, highest);
            }

            if (end > start && step.End <= end)
            {
                (_plateau, _store, _sensor) = (step.After[rule._cytosol], step.After[rule._er], step.After[rule._sensor]);
            }

            double removed = rule._removal.End(v);
            if (removed > rule._removal.Start(v) && step.Start >= removed)
            {
                _back = double.IsNaN(_back) ? highest : Math.Max(_back, highest);
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            ReadOnlySpan<double> all =
            [
                _peak, _plateau, state[rule._er] / v[rule._medium.Pools[rule._er].Rest], _store, _sensor, state[rule._cytosol], state[rule._er], _back,
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }
    }
}
