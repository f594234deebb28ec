using System.Diagnostics;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>A few simulations before a campaign starts, to tell what it costs. Nothing of them is stored.</summary>
public static class Pilot
{
    private const int MostPoints = 16, MostCorners = 8;

    // The two-sided 80 % quantile of a normal distribution.
    private const double Quantile80 = 1.28;

    // Other work on the machine, caches and the compiler move a time by about that much, however many points there are.
    private const double LeastSpread = 0.15;

    /// <summary>Replicate 0 of up to 16 points spread over the map, on the calling thread.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Lanes.</param>
    /// <param name="budget">It stops then, whatever was done.</param>
    public static PilotEstimate Run(Plan plan, int width, TimeSpan budget) => Run(plan, width, budget, PilotPart.All);

    /// <summary>The same with some of the points.</summary>
    internal static PilotEstimate Run(Plan plan, int width, TimeSpan budget, PilotPart part)
    {
        using ISimulator simulator = plan.Model.NewSimulator(width);

        // The first simulation pays for the compiler and is not counted.
        long[] points = [.. Points(plan).Where((_, i) => i % part.Parts == part.Number)];
        simulator.Run(new PilotFeed(plan, points[..1], budget / 3));
        var feed = new PilotFeed(plan, points, budget);
        long start = Stopwatch.GetTimestamp();
        simulator.Run(feed);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (feed.Steps.Count == 0)
        {
            // Not one was done: a lower bound is all there is.
            return new(0, seconds, seconds / width, seconds * 4);
        }

        double mean = seconds / feed.Steps.Count;
        double spread = Math.Max(LeastSpread, Quantile80 * Variation(feed.Steps) / Math.Sqrt(feed.Steps.Count));
        return new(feed.Steps.Count, mean, mean / (1 + spread), mean * (1 + spread));
    }

    // Steps cost about the same, so that their number varies as the time does.
    private static double Variation(List<long> steps)
    {
        double mean = steps.Average(), squares = steps.Sum(s => (s - mean) * (s - mean));
        return steps.Count < 2 || mean <= 0 ? 0 : Math.Sqrt(squares / (steps.Count - 1)) / mean;
    }

    // Corners, centre, and then steps of the golden section of the map.
    private static IEnumerable<long> Points(Plan plan)
    {
        var chosen = new List<long> { Index(plan, _ => 0.5) };
        for (int corner = 0; corner < Math.Min(MostCorners, 1 << Math.Min(plan.Spec.Axes.Count, 3)); corner++)
        {
            int bits = corner;
            chosen.Add(Index(plan, axis => (bits >> axis) & 1));
        }

        const double Golden = 0.6180339887498949;
        for (int k = 1; chosen.Count < 2 * MostPoints; k++)
        {
            chosen.Add((long)(k * Golden % 1 * plan.Points));
        }

        return chosen.Distinct().Take(MostPoints);
    }

    private static long Index(Plan plan, Func<int, double> place)
    {
        long index = 0;
        for (int axis = 0; axis < plan.Spec.Axes.Count; axis++)
        {
            int count = plan.Spec.Axes[axis].Values.Count;
            index = (index * count) + (int)(place(axis) * (count - 1));
        }

        return index;
    }
}
