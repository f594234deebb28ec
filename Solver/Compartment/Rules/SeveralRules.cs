using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>
/// Several rules on one run: <c>outcome: { use: several, rules: "a b" }</c>. All their observables, the first of a name; the verdict is that of
/// the first rule that has outcomes. Options bind pools for all of them.
/// </summary>
internal sealed class SeveralRules : CompartmentRule
{
    private readonly CompartmentRule[] _rules;

    // For each rule where its observables go; −1: an earlier rule has it [rules][its observables].
    private readonly int[][] _places;

    /// <summary>Joins rules.</summary>
    public SeveralRules(CompartmentRule[] rules)
    {
        _rules = rules;
        var all = new List<ObservableInfo>();
        _places = new int[rules.Length][];
        for (int r = 0; r < rules.Length; r++)
        {
            _places[r] = new int[rules[r].Observables.Count];
            for (int i = 0; i < _places[r].Length; i++)
            {
                ObservableInfo next = rules[r].Observables[i];
                bool isNew = all.TrueForAll(o => o.Name != next.Name);
                _places[r][i] = isNew ? all.Count : -1;
                if (isNew)
                {
                    all.Add(next);
                }
            }
        }

        Observables = all;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => _rules.FirstOrDefault(r => r.Outcomes.Count > 0)?.Outcomes ?? [];

    /// <inheritdoc/>
    public override IReadOnlyList<int> TallyFlows => _rules.SingleOrDefault(r => r.TallyFlows.Count > 0)?.TallyFlows ?? [];

    /// <inheritdoc/>
    public override bool IsStochastic => _rules.Any(r => r.IsStochastic);

    /// <summary>The names of the rules that a part joins.</summary>
    /// <exception cref="CompositionException">None is named.</exception>
    public static string[] Names(ScenarioDefinition scenario, PartDefinition part)
    {
        string[] names = part.Options.GetValueOrDefault("rules", "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : throw new CompositionException($"{scenario.Name}: outcome several needs 'rules', their names with blanks between them");
    }

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> v)
    {
        foreach (CompartmentRule rule in _rules)
        {
            if (rule.Check(v) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        double next = double.PositiveInfinity;
        foreach (CompartmentRule rule in _rules)
        {
            double corner = rule.NextCorner(v, after);
            next = corner > after ? Math.Min(next, corner) : next;
        }

        return next;
    }

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(SeveralRules all) : RuleRun
    {
        private readonly RuleRun[] _runs = [.. all._rules.Select(r => r.NewRun())];
        private readonly double[] _own = new double[all._rules.Max(r => r.Observables.Count)];

        public override void Use(RandomStream stream)
        {
            // Only one of the rules draws: each has the stream from its start.
            foreach (RuleRun run in _runs)
            {
                run.Use(stream);
            }
        }

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            foreach (RuleRun run in _runs)
            {
                run.Start(v, state);
            }
        }

        public override void Step(in CellStep step)
        {
            foreach (RuleRun run in _runs)
            {
                run.Step(step);
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            var verdict = Outcome.None;
            for (int r = 0; r < _runs.Length; r++)
            {
                int[] places = all._places[r];
                Outcome own = _runs[r].Finish(v, state, _own.AsSpan(0, places.Length));
                verdict = verdict == Outcome.None ? own : verdict;
                for (int i = 0; i < places.Length; i++)
                {
                    if (places[i] >= 0)
                    {
                        observables[places[i]] = _own[i];
                    }
                }
            }

            return verdict;
        }
    }
}
