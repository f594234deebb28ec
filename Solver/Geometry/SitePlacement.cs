using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Geometry;

/// <summary>
/// Where release sites stand: on a lattice with a spacing per direction, anywhere with the same density, or on z-lines
/// (planes across x at every spacing, anywhere within them). Jitter moves each site at random. The random numbers are a
/// stream of their own that depends on point and seed, not on the replicate: all replicates of a point share the places.
/// </summary>
/// <param name="Kind"><c>lattice</c>, <c>random</c> or <c>z-lines</c>.</param>
/// <param name="Count">Sites along each direction; their product is the number of sites.</param>
/// <param name="Spacing">Mean distance along each direction, µm.</param>
/// <param name="Jitter">Largest shift of a site along each direction, in spacings, 0…0.5.</param>
internal sealed record SitePlacement(string Kind, (int X, int Y, int Z) Count, (double X, double Y, double Z) Spacing, double Jitter)
{
    /// <summary>The kinds there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["lattice", "random", "z-lines"];

    /// <summary>Places, µm, x fastest [sites].</summary>
    /// <param name="key">Philox key of the point.</param>
    public (double X, double Y, double Z)[] Places(ulong key)
    {
        var places = new (double X, double Y, double Z)[Count.X * Count.Y * Count.Z];
        for (int i = 0; i < places.Length; i++)
        {
            int x = i % Count.X, y = i / Count.X % Count.Y, z = i / Count.X / Count.Y;
            var stream = new RandomStream(key, uint.MaxValue, (uint)i);
            var (u, v) = stream.Pair(0);
            double w = stream.Pair(1).Even;
            places[i] = (
                Place(x, Count.X, Spacing.X, u, isFree: Kind == "random"),
                Place(y, Count.Y, Spacing.Y, v, isFree: Kind != "lattice"),
                Place(z, Count.Z, Spacing.Z, w, isFree: Kind != "lattice"));
        }

        return places;
    }

    private double Place(int index, int count, double spacing, double uniform, bool isFree)
    {
        double length = count * spacing;
        if (isFree)
        {
            return uniform * length;
        }

        // A direction with one site (the thickness of a sheet) is not jittered out of it.
        double shift = count == 1 ? 0 : Jitter * ((2 * uniform) - 1);
        return Math.Clamp((index + 0.5 + shift) * spacing, 0, length * (1 - 1e-12));
    }
}
