using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>What mitochondria make of a calcium load: peak, tail, matrix, NADH and ATP.</summary>
internal sealed class MitochondriaRule(ScenarioDefinition scenario, MediumParts medium) : CompartmentRule
{
    private readonly int _cytosol = medium.Pool(scenario, "cytosol"), _matrix = medium.Pool(scenario, "matrix");
    private readonly int _nadh = medium.Pool(scenario, "nadh"), _atp = medium.Pool(scenario, "atp");

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("peakCytosolic", "µM", "highest free calcium of the cytosol"),
        new("tailTime", "s", "time from that peak to the fall to 1.2 × rest; null if never"),
        new("peakMatrix", "µM", "highest free calcium of the matrix"),
        new("nadhRise", "1", "highest NADH over rest"),
        new("atpRise", "1", "highest ATP over rest"),
        new("matrixLag", "s", "time from the cytosolic to the matrix peak"),
        new("decayTime", "s", "time from the cytosolic peak to the fall to twice the rest; null if never"),
        new("endMatrix", "µM", "free calcium of the matrix at the end"),
        new("restMatrix", "µM", "free calcium of the matrix at the start"),
        new("restNadh", "1", "reduced share at the start"),
        new("restAtp", "1", "charged share at the start"),
    ];

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(MitochondriaRule rule) : RuleRun
    {
        private double _peak, _peakTime, _tail, _decay, _matrix, _matrixTime, _nadh, _atp;
        private double _restCytosolic, _restMatrix, _restNadh, _restAtp;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            (_restCytosolic, _restMatrix, _restNadh, _restAtp) = (state[rule._cytosol], state[rule._matrix], state[rule._nadh], state[rule._atp]);
            (_peak, _matrix, _nadh, _atp) = (_restCytosolic, _restMatrix, _restNadh, _restAtp);
            (_peakTime, _matrixTime, _tail, _decay) = (0, 0, double.NaN, double.NaN);
        }

        public override void Step(in CellStep step)
        {
            Piece c = step.Piece(rule._cytosol);
            (double at, double highest) = c.Highest();
            if (highest > _peak)
            {
                (_peak, _peakTime, _tail, _decay) = (highest, step.Start + (at * step.Length), double.NaN, double.NaN);
            }

            (at, highest) = step.Piece(rule._matrix).Highest();
            (_matrix, _matrixTime) = highest > _matrix ? (highest, step.Start + (at * step.Length)) : (_matrix, _matrixTime);
            _nadh = Math.Max(_nadh, step.Piece(rule._nadh).Highest().Value);
            _atp = Math.Max(_atp, step.Piece(rule._atp).Highest().Value);
            _tail = double.IsNaN(_tail) ? Fall(step, c, 1.2 * _restCytosolic) : _tail;
            _decay = double.IsNaN(_decay) ? Fall(step, c, 2 * _restCytosolic) : _decay;
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            ReadOnlySpan<double> all =
            [
                _peak, _tail, _matrix, _nadh / _restNadh, _atp / _restAtp, _matrixTime - _peakTime, _decay, state[rule._matrix],
                _restMatrix, _restNadh, _restAtp,
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }

        private double Fall(in CellStep step, Piece c, double level) =>
            c.Y0 > level && c.Y1 <= level ? step.Start + (step.Length * c.Fall(level)) - _peakTime : double.NaN;
    }
}
