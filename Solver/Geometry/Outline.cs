namespace CalciumSweep.Solver.Geometry;

/// <summary>Outlines of cells by simple shapes that fill the domain, or from a mask file.</summary>
internal static class Outline
{
    /// <summary>Ends of a <c>myocyte</c> are rounded over this share of its length on either side: the intercalated discs taper.</summary>
    private const double Taper = 0.08;

    /// <summary>Names of the shapes.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["brick", "ellipse", "myocyte"];

    /// <summary>Cells whose centre is inside a shape, x fastest [cells]; null for <c>brick</c>, which fills the domain.</summary>
    /// <param name="shape">One of <see cref="Shapes"/>.</param>
    /// <param name="nx">Cells along x.</param>
    /// <param name="ny">Cells along y.</param>
    /// <param name="nz">Cells along z; 1 in a sheet, whose shape is flat.</param>
    public static bool[]? Of(string shape, int nx, int ny, int nz)
    {
        if (shape == "brick")
        {
            return null;
        }

        var inside = new bool[nx * ny * nz];
        for (int z = 0, i = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++, i++)
                {
                    double w = nz == 1 ? 0 : Centred(z, nz);
                    inside[i] = Contains(shape, Centred(x, nx), Centred(y, ny), w);
                }
            }
        }

        return inside;
    }

    // Centre of a cell, the domain being −1…1.
    private static double Centred(int i, int n) => (((2 * i) + 1) / (double)n) - 1;

    /// <summary>
    /// An ellipse (ellipsoid) fills the domain. A myocyte is a box with an elliptic cross-section of exponent 4 whose
    /// two ends taper to 60 % of its width.
    /// </summary>
    private static bool Contains(string shape, double u, double v, double w)
    {
        if (shape == "ellipse")
        {
            return (u * u) + (v * v) + (w * w) <= 1;
        }

        double toEnd = (1 - Math.Abs(u)) / (2 * Taper), radius = toEnd >= 1 ? 1 : 0.6 + (0.4 * toEnd);
        double a = v / radius, b = w / radius;
        return (a * a * a * a) + (b * b * b * b) <= 1;
    }
}
