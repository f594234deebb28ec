using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>Two campaigns compared point by point; a point is the same one if all parameters that either sweeps are equal.</summary>
/// <param name="Parameters">The parameters that either sweeps.</param>
/// <param name="Both">Points that both have.</param>
/// <param name="OnlyA">Points that only the first has.</param>
/// <param name="OnlyB">Points that only the second has.</param>
/// <param name="Different">Points of both that did not come to the same counts and the same bits; largest change of P(wave) first.</param>
/// <param name="Settings">Other parameters that differ, with both values.</param>
public sealed record CampaignDifference(
    IReadOnlyList<string> Parameters, long Both, long OnlyA, long OnlyB, IReadOnlyList<PointDifference> Different,
    IReadOnlyList<(string Parameter, double A, double B)> Settings)
{
    /// <summary>Compares.</summary>
    /// <param name="planA">The first campaign's plan.</param>
    /// <param name="pointsA">Its points.</param>
    /// <param name="planB">The second campaign's plan.</param>
    /// <param name="pointsB">Its points.</param>
    /// <exception cref="ArgumentException">One sweeps a parameter that the other's scenario does not have.</exception>
    public static CampaignDifference Of(Plan planA, IEnumerable<PointSummary> pointsA, Plan planB, IEnumerable<PointSummary> pointsB)
    {
        string[] names = [.. planA.Spec.Axes.Concat(planB.Spec.Axes).Select(axis => axis.Parameter).Distinct(StringComparer.Ordinal)];
        int[] atA = Indices(planA, names), atB = Indices(planB, names);
        var first = pointsA.ToDictionary(point => Key(planA, atA, point.Index), StringComparer.Ordinal);
        var different = new List<PointDifference>();
        (int, int)[] shared = [.. SharedObservables(planA, planB)];
        long both = 0, onlyB = 0;
        foreach (PointSummary point in pointsB)
        {
            if (!first.TryGetValue(Key(planB, atB, point.Index), out PointSummary? other))
            {
                onlyB++;
                continue;
            }

            both++;
            if (!IsSame(other, point, shared))
            {
                double[] values = planB.Parameters(point.Index);
                different.Add(new([.. atB.Select(i => values[i])], other, point));
            }
        }

        return new(
            names, both, first.Count - both, onlyB,
            [.. different.OrderByDescending(d => Math.Abs(d.DeltaPWave)).ThenBy(d => d.A.Index)], [.. SettingsOf(planA, planB, names)]);
    }

    private static int[] Indices(Plan plan, string[] names) => [.. names.Select(name => plan.Model.IndexOf(name) is >= 0 and int at ? at
        : throw new ArgumentException($"{plan.Model.Scenario} has no parameter '{name}', which the other campaign sweeps"))];

    // The bits, not the digits: two points of one axis are never the same one.
    private static string Key(Plan plan, int[] at, long point)
    {
        double[] values = plan.Parameters(point);
        return string.Join(' ', at.Select(i => BitConverter.DoubleToInt64Bits(values[i] + 0.0).ToString("x")));
    }

    private static IEnumerable<(int A, int B)> SharedObservables(Plan a, Plan b)
    {
        for (int i = 0; i < a.Spec.Observe.Count; i++)
        {
            int j = b.Spec.Observe.ToList().IndexOf(a.Spec.Observe[i]);
            if (j >= 0)
            {
                yield return (i, j);
            }
        }
    }

    private static bool IsSame(PointSummary a, PointSummary b, (int A, int B)[] shared) =>
        a.Tally.Counts.SequenceEqual(b.Tally.Counts) && shared.All(k => a.Observables[k.A] == b.Observables[k.B]);

    private static IEnumerable<(string, double, double)> SettingsOf(Plan a, Plan b, string[] swept)
    {
        double[] valuesA = a.Parameters(0), valuesB = b.Parameters(0);
        for (int i = 0; i < valuesA.Length; i++)
        {
            string name = a.Model.Parameters[i].Name;
            int j = b.Model.IndexOf(name);
            if (j >= 0 && !swept.Contains(name, StringComparer.Ordinal) && valuesA[i] != valuesB[j])
            {
                yield return (name, valuesA[i], valuesB[j]);
            }
        }
    }
}
