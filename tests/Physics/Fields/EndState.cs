using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>A rule that measures whatever a test asks for at the end, and looks at every accepted state.</summary>
internal sealed class EndState(int count, Func<IFieldView, FieldLane, double[]> measure, Action<IFieldView, FieldLane>? look = null) : FieldRule
{
    public override IReadOnlyList<Outcome> Outcomes => [];

    public override IReadOnlyList<ObservableInfo> Observables { get; } =
        [.. Enumerable.Range(0, count).Select(i => new ObservableInfo($"value{i}", "1", "whatever the test measures"))];

    public override object? Begin(IFieldView view, FieldLane lane) => null;

    public override bool Observe(IFieldView view, FieldLane lane)
    {
        look?.Invoke(view, lane);
        return false;
    }

    public override Outcome Judge(IFieldView view, FieldLane lane) => Outcome.None;

    public override double[] Measure(IFieldView view, FieldLane lane) => measure(view, lane);
}
