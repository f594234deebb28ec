namespace CalciumSweep.Shared.Spec;

/// <summary>Asks the model about the points of the grid, or its corners if it is large, before anything is started.</summary>
internal static class CornerCheck
{
    private const int MostAxes = 12;
    private const int MostPoints = 1 << MostAxes;

    /// <summary>Adds an error for the first point at which the values do not go together.</summary>
    public static void Run(Plan plan, SpecErrors errors, SpecNode? at)
    {
        foreach (long point in plan.Points <= MostPoints ? Grid(plan) : Corners(plan))
        {
            double[] values = plan.Parameters(point);
            if (plan.Model.Check(values) is string problem)
            {
                errors.Add(plan.Spec.Axes.Count == 0 ? "set" : "axes", Describe(plan, values) + problem, at);
                return;
            }
        }
    }

    private static IEnumerable<long> Grid(Plan plan)
    {
        for (long point = 0; point < plan.Points; point++)
        {
            yield return point;
        }
    }

    private static IEnumerable<long> Corners(Plan plan)
    {
        IReadOnlyList<Axis> axes = plan.Spec.Axes;

        // A list of values need not be sorted: its ends are its least and its greatest value.
        (int Low, int High)[] ends = [.. axes.Select(a => a.Values.ToArray())
            .Select(v => (Array.IndexOf(v, v.Min()), Array.IndexOf(v, v.Max())))];
        for (int corner = 0; corner < 1 << Math.Min(axes.Count, MostAxes); corner++)
        {
            long point = 0;
            for (int i = 0; i < axes.Count; i++)
            {
                // Axes beyond the first few stand at their low end: 2^axes corners would be too many.
                bool isHigh = i < MostAxes && (corner >> i & 1) == 1;
                point = (point * axes[i].Values.Count) + (isHigh ? ends[i].High : ends[i].Low);
            }

            yield return point;
        }
    }

    private static string Describe(Plan plan, double[] values)
    {
        var names = plan.Spec.Axes.Select(axis =>
        {
            int index = plan.Model.IndexOf(axis.Parameter);
            return $"{axis.Parameter} = {ParameterValues.Show(plan.Model.Parameters[index], values[index])}";
        });
        return plan.Spec.Axes.Count == 0 ? "" : $"at {string.Join(", ", names)}: ";
    }
}
