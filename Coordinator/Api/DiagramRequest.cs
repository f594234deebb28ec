using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Which map of a campaign is wanted.</summary>
/// <param name="Axes">The two axes, and where the others are held.</param>
/// <param name="Show">What is shown.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The number of a point, or of its class; NaN = none.</param>
/// <param name="Outcome">The outcome whose share is shown, if it is one.</param>
/// <param name="Observable">Place in the spec's list of the observable whose mean is shown; −1: none.</param>
internal sealed record DiagramRequest(
    DiagramAxes Axes, string Show, string Unit, Func<PointSummary, double> Value, Outcome? Outcome, int Observable)
{
    private const string MostFrequent = "outcome";

    /// <summary>True if the most frequent outcome is shown: a class and no number.</summary>
    public bool IsClass => Show == MostFrequent;

    /// <summary>What the numbers are, without their unit.</summary>
    public string Quantity => IsClass ? Show : Observable >= 0 ? $"mean {Show}" : $"P({(Show == "pWave" ? "wave" : Show)})";

    /// <summary>The map of some points; of outcomes their classes, from 1.</summary>
    public PhaseGrid Map(Plan plan, IEnumerable<PointSummary> points) => PhaseGrid.Of(plan, points, Value, Axes) with
    {
        Label = Unit == "1" ? Quantity : $"{Quantity} [{Unit}]",
        IsShare = Outcome is not null,
    };

    /// <summary>Reads what was asked for.</summary>
    /// <param name="plan">The campaign's plan.</param>
    /// <param name="x">Name of the horizontal axis; null: the first of the two longest.</param>
    /// <param name="y">Name of the vertical axis.</param>
    /// <param name="at"><c>name=value,…</c>: where other axes are held; the middle if it is not said.</param>
    /// <param name="show">
    /// <c>pWave</c>, <c>undecided</c>, an outcome (its share), an observable (its mean), or <c>outcome</c>, the most frequent one.
    /// </param>
    /// <exception cref="CommandException">There is no such axis, value or number.</exception>
    public static DiagramRequest Of(Plan plan, string? x, string? y, string? at, string show)
    {
        if (plan.Spec.Axes.Count < 2)
        {
            throw new CommandException("a phase diagram needs two axes, the campaign has fewer", "its table is at /export");
        }

        var axes = DiagramAxes.Longest(plan);
        (int first, int second) = (x is null ? axes.X : AxisOf(plan, x), y is null ? axes.Y : AxisOf(plan, y));
        if (first == second)
        {
            // One was named, and it is what the other would be.
            (first, second) = x is not null && y is not null ? throw new CommandException("x and y name the same axis")
                : x is not null ? (first, first == axes.Y ? axes.X : axes.Y) : (second == axes.X ? axes.Y : axes.X, second);
        }

        int[] held = [.. axes.Held];
        foreach (string text in (at ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var given = Assignment.Of(plan.Model, text);
            int axis = AxisOf(plan, plan.Model.Parameters[given.Parameter].Name);
            held[axis] = SimulationRequest.Place(plan.Spec.Axes[axis], given.Values[0]);
        }

        return Number(plan, show) with { Axes = new(first, second, held) };
    }

    private static int AxisOf(Plan plan, string name)
    {
        string[] names = [.. plan.Spec.Axes.Select(axis => axis.Parameter)];
        int at = Array.IndexOf(names, name);
        return at >= 0 ? at : throw new CommandException($"'{name}' is not an axis of this campaign", "its axes: " + string.Join(", ", names));
    }

    private static DiagramRequest Number(Plan plan, string show)
    {
        var axes = DiagramAxes.Longest(plan);
        int observable = plan.Spec.Observe.ToList().IndexOf(show);
        if (observable >= 0)
        {
            string unit = plan.Model.Observables[plan.ObserveIndex[observable]].Unit;
            return new(axes, show, unit, point => Mean(point, observable), null, observable);
        }

        if (show == MostFrequent)
        {
            return new(axes, show, "1", DiagramTable.Class, null, -1);
        }

        string name = show == "pWave" ? "wave" : show;
        foreach (Outcome outcome in plan.Model.Outcomes.Append(Solver.Engine.Outcome.Undecided).Append(Solver.Engine.Outcome.Failed))
        {
            if (CampaignDocument.Name(outcome) == name)
            {
                return new(axes, show, "1", point => point.N == 0 ? double.NaN : (double)point.Tally[outcome] / point.N, outcome, -1);
            }
        }

        string[] known = [MostFrequent, .. plan.Model.Outcomes.Select(o => CampaignDocument.Name(o)), .. plan.Spec.Observe];
        throw new CommandException($"this campaign has no '{show}' to show", "it has " + string.Join(", ", known));
    }

    private static double Mean(PointSummary point, int observable) =>
        observable < point.Observables.Count ? point.Observables[observable].Mean ?? double.NaN : double.NaN;
}
