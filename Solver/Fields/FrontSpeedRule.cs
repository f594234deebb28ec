using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// The speed of a front between a state near 1 on the left and one near 0 on the right, from its place ∫c dx at regular times:
/// the slope over the last third of the run. Ends early when the front comes near an end.
/// </summary>
internal sealed class FrontSpeedRule : FieldRule
{
    private const int Samples = 60;
    private const double Margin = 0.1;
    private readonly int _pool;

    /// <summary>Reads the options.</summary>
    public FrontSpeedRule(ScenarioDefinition scenario, PartDefinition part, ParameterTable table, FieldLayout layout, FieldGeometry geometry)
    {
        _ = (table, geometry);
        _pool = part.Options.TryGetValue("pool", out string? pool) ? layout.Medium.Pool(scenario, pool) : layout.Calcium;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("waveSpeed", "µm/s", "how fast the upper state advances (negative: it retreats), over the last third of the run"),
        new("runTime", "s", "cell time of the run: shorter than asked for if the front came near an end"),
    ];

    /// <inheritdoc/>
    public override object Begin(IFieldView view, FieldLane lane) => new List<(double Time, double Place)> { (0, Place(view, lane)) };

    /// <inheritdoc/>
    public override double NextStop(FieldLane lane) =>
        lane.End * ((List<(double, double)>)lane.Seen!).Count / Samples;

    /// <inheritdoc/>
    public override bool Observe(IFieldView view, FieldLane lane)
    {
        var seen = (List<(double, double)>)lane.Seen!;
        if (lane.Time < NextStop(lane))
        {
            return false;
        }

        double place = Place(view, lane), length = view.Cells * lane.Dx;
        seen.Add((lane.Time, place));
        return place < Margin * length || place > (1 - Margin) * length;
    }

    /// <inheritdoc/>
    public override Outcome Judge(IFieldView view, FieldLane lane) => Outcome.None;

    /// <inheritdoc/>
    public override double[] Measure(IFieldView view, FieldLane lane)
    {
        var seen = (List<(double Time, double Place)>)lane.Seen!;
        var (t1, x1) = seen[^1];
        var (t0, x0) = seen[seen.Count * 2 / 3 >= seen.Count - 1 ? 0 : seen.Count * 2 / 3];
        return [t1 > t0 ? (x1 - x0) / (t1 - t0) : double.NaN, lane.Time];
    }

    private double Place(IFieldView view, FieldLane lane)
    {
        double sum = 0;
        for (int i = 0; i < view.Cells; i++)
        {
            sum += view.Concentration(_pool, i, lane);
        }

        return sum * lane.Dx;
    }
}
