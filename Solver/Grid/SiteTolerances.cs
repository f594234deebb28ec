using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>How accurately steps are taken where channels are random: verdicts and released calcium move by less than 1 % (docs/grid.md).</summary>
internal static class SiteTolerances
{
    /// <summary>Longest step, s: sites see their neighbours move at a constant speed over it.</summary>
    public const double LongestStep = 100e-6;

    private const double Share = 0.2, Least = 0.2;

    /// <summary>Sets the tolerances of fields and junctions.</summary>
    public static void Set<V>(GridFields<V> fields, SiteSources sources)
        where V : unmanaged, ILanes<V>
    {
        fields.Relative = Share;
        for (int s = 0; s < fields.Absolute.Length; s++)
        {
            bool isGate = s >= fields.Medium.Pools && s < fields.Medium.FirstBound;
            fields.Absolute[s] = isGate ? 1e-3 : Math.Max(Least, 1e-3 * fields.Rest(s));
        }

        sources.Tolerance = (Share, 1);
    }
}
