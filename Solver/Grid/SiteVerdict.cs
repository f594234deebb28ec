using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// The class of a run from which sites have fired. Sites are known by their distance from the stimulus; far is 0.9 of the
/// largest. On a line of equally spaced sites this is the rule of the cable.
/// </summary>
/// <param name="sites">The sites that were not stimulated.</param>
/// <param name="spacing">Mean distance of sites along each direction, µm.</param>
internal sealed class SiteVerdict(IReadOnlyList<SiteState> sites, (double X, double Y, double Z) spacing)
{
    private const double FarShare = 0.9, Neighbour = 1.5, Rounding = 1e-9;
    private readonly SiteState[] _byDistance = [.. sites.OrderBy(s => s.Distance).ThenBy(s => s.Index)];

    /// <summary>0.9 of the largest distance, µm.</summary>
    public double Far { get; } = (FarShare * sites.Max(s => s.Distance)) - Rounding;

    /// <summary>Wave: a far site has fired, and nine of ten of those nearer. The fired set only grows, so this is certain.</summary>
    public bool IsWave()
    {
        int near = 0, fired = 0;
        bool hasReached = false;
        foreach (SiteState s in _byDistance)
        {
            bool has = !double.IsNaN(s.Arrival);
            fired += has ? 1 : 0;
            hasReached |= has && s.Distance >= Far;
            near += s.Distance < Far || (s.Distance <= Far + (2 * Rounding)) ? 1 : 0;
        }

        return hasReached && fired >= (FarShare * near) - Rounding;
    }

    /// <summary>Once activity has ended: abortive with a chain of three fired neighbours, sparks with any fired site, else quiescent.</summary>
    public Outcome Ended()
    {
        SiteState[] fired = [.. _byDistance.Where(s => !double.IsNaN(s.Arrival))];
        if (fired.Length == 0)
        {
            return Outcome.Quiescent;
        }

        // A site with two fired neighbours makes a chain of three.
        bool hasChain = fired.Any(s => fired.Count(o => o != s && AreNeighbours(s, o)) >= 2);
        return hasChain ? Outcome.Abortive : Outcome.Sparks;
    }

    /// <summary>Fired sites over all.</summary>
    public double Recruited() => _byDistance.Count(s => !double.IsNaN(s.Arrival)) / (double)_byDistance.Length;

    /// <summary>Largest distance of a fired site within which nine of ten have fired, µm; 0 if none.</summary>
    public double Reach()
    {
        int fired = 0;
        double reach = 0;
        for (int i = 0; i < _byDistance.Length; i++)
        {
            SiteState s = _byDistance[i];
            fired += double.IsNaN(s.Arrival) ? 0 : 1;
            bool isLastOfDistance = i + 1 == _byDistance.Length || _byDistance[i + 1].Distance > s.Distance + Rounding;
            if (isLastOfDistance && !double.IsNaN(s.Arrival) && fired >= (FarShare * (i + 1)) - Rounding)
            {
                reach = s.Distance;
            }
        }

        return reach;
    }

    /// <summary>Least squares of distance on time of firing, from four spacings to far, and R².</summary>
    public (double Speed, double Linearity) Speed()
    {
        SiteState[] used = [.. _byDistance.Where(s => !double.IsNaN(s.Arrival) && s.Distance >= (4 * spacing.X) - Rounding && s.Distance <= Far + spacing.X)];
        if (used.Length < 3)
        {
            return (double.NaN, double.NaN);
        }

        double t = used.Average(s => s.Arrival), x = used.Average(s => s.Distance), tt = 0, tx = 0, xx = 0;
        foreach (SiteState s in used)
        {
            double dt = s.Arrival - t, dx = s.Distance - x;
            tt += dt * dt;
            tx += dt * dx;
            xx += dx * dx;
        }

        return tt > 0 && xx > 0 ? (tx / tt, tx * tx / (tt * xx)) : (double.NaN, double.NaN);
    }

    // Beside each other or across a diagonal of the lattice (√2 spacings), but not two apart.
    private bool AreNeighbours(SiteState a, SiteState b)
    {
        double x = (a.Position.X - b.Position.X) / spacing.X, y = (a.Position.Y - b.Position.Y) / spacing.Y;
        double z = (a.Position.Z - b.Position.Z) / spacing.Z;
        return (x * x) + (y * y) + (z * z) <= Neighbour * Neighbour;
    }
}
