using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>The gradient at rest, and the time a cell takes to recover from a load.</summary>
internal sealed class RecoveryRule : CompartmentRule
{
    private readonly MediumParts _medium;
    private readonly int _cytosol, _er, _outside, _load, _threshold;

    /// <summary>Declares the rule's parameters.</summary>
    public RecoveryRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium)
    {
        _medium = medium;
        (_cytosol, _er, _outside) = (medium.Pool(scenario, "cytosol"), medium.Pool(scenario, "er"), medium.Pool(scenario, "outside"));
        _load = table.Add(new("load.amount", "µM", 0, 0, 100, "free calcium added to the cytosol at t = 0", "no load"));
        _threshold = table.Add(new("recovery.threshold", "µM", 0.2, 0.01, 10, "recovery is the fall of free calcium to this", "twice the rest"));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("restCytosolic", "µM", "free calcium of the cytosol at the end"),
        new("restEr", "µM", "free calcium of the store at the end"),
        new("outsideRatio", "1", "outside over cytosol at the end"),
        new("erRatio", "1", "store over cytosol at the end"),
        new("restDrift", "1", "relative change of cytosolic calcium over the run; runs without a load"),
        new("restErDrift", "1", "relative change of the store's calcium over the run; runs without a load"),
        new("recoveryTime", "s", "time from the load to the fall through recovery.threshold; null if never"),
    ];

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(RecoveryRule rule) : RuleRun
    {
        private double _recovery;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            state[rule._cytosol] += v[rule._load];
            _recovery = v[rule._load] > 0 && state[rule._cytosol] <= v[rule._threshold] ? 0 : double.NaN;
        }

        public override void Step(in CellStep step)
        {
            Piece c = step.Piece(rule._cytosol);
            double threshold = step.Parameters[rule._threshold];
            if (double.IsNaN(_recovery) && c.Y0 > threshold && c.Y1 <= threshold)
            {
                _recovery = step.Start + (step.Length * c.Fall(threshold));
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            double c = state[rule._cytosol], er = state[rule._er];
            bool isLoaded = v[rule._load] > 0;
            ReadOnlySpan<double> all =
            [
                c, er, state[rule._outside] / c, er / c,
                isLoaded ? double.NaN : (c / v[rule._medium.Pools[rule._cytosol].Rest]) - 1,
                isLoaded ? double.NaN : (er / v[rule._medium.Pools[rule._er].Rest]) - 1,
                isLoaded ? _recovery : double.NaN,
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }
    }
}
