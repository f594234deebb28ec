namespace CalciumSweep.Shared.Spec;

/// <summary>Asks the model about the corners of the grid, before anything is started.</summary>
internal static class CornerCheck
{
    private const int MostAxes = 12;

    /// <summary>Adds an error for the first corner at which the values do not go together.</summary>
    public static void Run(Plan plan, SpecErrors errors, SpecNode? at)
    {
        IReadOnlyList<Axis> axes = plan.Spec.Axes;
        for (int corner = 0; corner < 1 << Math.Min(axes.Count, MostAxes); corner++)
        {
            long point = 0;
            for (int i = 0; i < axes.Count; i++)
            {
                // Axes beyond the first few stand at their low end: 2^axes corners would be too many.
                bool isHigh = i < MostAxes && (corner >> i & 1) == 1;
                point = (point * axes[i].Values.Count) + (isHigh ? axes[i].Values.Count - 1 : 0);
            }

            double[] values = plan.Parameters(point);
            if (plan.Model.Check(values) is string problem)
            {
                errors.Add(axes.Count == 0 ? "set" : "axes", Describe(plan, values) + problem, at);
                return;
            }
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
