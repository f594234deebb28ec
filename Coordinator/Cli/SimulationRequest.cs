using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What <c>simulate</c> is asked for: one model, the parameter values of each point, and a seed.</summary>
/// <param name="Model">The model.</param>
/// <param name="Points">Values of all parameters, per point [points][parameters].</param>
/// <param name="Seed">Enters every random stream.</param>
public sealed record SimulationRequest(Model Model, IReadOnlyList<double[]> Points, ulong Seed)
{
    /// <summary>A scenario with parameters set, and every combination of the axes' values (the last varies fastest).</summary>
    /// <exception cref="CommandException">A name or value is wrong.</exception>
    public static SimulationRequest Of(Model model, IEnumerable<string> set, IEnumerable<string> axes, ulong seed)
    {
        double[] values = model.Defaults();
        foreach (Assignment assignment in set.Select(text => Assignment.Of(model, text)))
        {
            values[assignment.Parameter] = assignment.Values[0];
        }

        List<double[]> points = [values];
        foreach (Assignment axis in axes.Select(text => Assignment.ListOf(model, text)))
        {
            points = [.. points.SelectMany(point => axis.Values.Select(value => With(point, axis.Parameter, value)))];
        }

        foreach (double[] point in points)
        {
            if (model.Check(point) is { } problem)
            {
                throw new CommandException(problem);
            }
        }

        return new(model, points, seed);
    }

    /// <summary>A stored campaign's point.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="at"><c>name=value,…</c>: a value of every axis that has more than one.</param>
    /// <exception cref="CommandException">There is no such point.</exception>
    public static SimulationRequest Of(CampaignPlan campaign, string at)
    {
        Plan plan = campaign.Plan;
        var given = at.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Assignment.Of(plan.Model, text))
            .ToDictionary(a => plan.Model.Parameters[a.Parameter].Name, a => a.Values[0], StringComparer.Ordinal);
        long index = 0;
        foreach (Axis axis in plan.Spec.Axes)
        {
            index = (index * axis.Values.Count) + Place(axis, given);
        }

        string? stray = given.Keys.FirstOrDefault(name => plan.Spec.Axes.All(a => a.Parameter != name));
        return stray is null ? new(plan.Model, [plan.Parameters(index)], plan.Spec.Seed)
            : throw new CommandException($"{stray} is not an axis of {campaign.Campaign}", "its axes: " + string.Join(", ", plan.Spec.Axes.Select(a => a.Parameter)));
    }

    /// <summary>Index of a value on an axis.</summary>
    /// <exception cref="CommandException">It is not on the axis.</exception>
    public static int Place(Axis axis, double value)
    {
        // A printed value has lost digits; a neighbour on an axis is further away than that.
        int nearest = Enumerable.Range(0, axis.Values.Count).MinBy(i => Math.Abs(axis.Values[i] - value));
        double scale = Math.Max(Math.Abs(value), Math.Abs(axis.Values[nearest]));
        return Math.Abs(axis.Values[nearest] - value) <= 1e-3 * scale ? nearest
            : throw new CommandException($"{axis.Parameter} = {value:G6} is not on the axis", $"the nearest value is {axis.Values[nearest]:R}");
    }

    private static int Place(Axis axis, Dictionary<string, double> given) =>
        given.TryGetValue(axis.Parameter, out double value) ? Place(axis, value)
        : axis.Values.Count == 1 ? 0
        : throw new CommandException($"--at names no value of {axis.Parameter}", $"--at {axis.Parameter}={axis.Values[0]:R},…");

    private static double[] With(double[] point, int parameter, double value)
    {
        double[] copy = [.. point];
        copy[parameter] = value;
        return copy;
    }
}
