using System.Text;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A plan in words.</summary>
public static class PlanText
{
    /// <summary>Scenario, axes and size.</summary>
    public static string Sweep(Plan plan)
    {
        var text = new StringBuilder();
        text.AppendLine($"Scenario  {plan.Model.Scenario}: {plan.Model.Summary}");
        foreach (Axis axis in plan.Spec.Axes)
        {
            string scale = axis.IsLogarithmic ? ", log" : "";
            text.AppendLine($"Axis      {axis.Parameter} {axis.Values[0]:G6} … {axis.Values[^1]:G6} {axis.Unit} ({axis.Values.Count}{scale})");
        }

        text.Append($"Sweep     {plan.Points:N0} points × {plan.Spec.Replicates:N0} replicates = {plan.Simulations:N0} simulations   campaign {plan.Id}");
        return text.ToString();
    }

    /// <summary>The time it takes, as a range.</summary>
    public static string Range(PlanCost cost)
    {
        string low = ProgressText.Duration(cost.LowSeconds), high = ProgressText.Duration(cost.HighSeconds);
        return low == high ? low : $"{low} – {high}";
    }

    /// <summary>A size in the unit that fits.</summary>
    public static string Size(double bytes) => bytes switch
    {
        < 1e6 => $"{Math.Ceiling(bytes / 1e3):N0} kB",
        < 1e9 => $"{bytes / 1e6:N0} MB",
        _ => $"{bytes / 1e9:N1} GB",
    };
}
