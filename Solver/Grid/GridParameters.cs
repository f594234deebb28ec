using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Grid;

/// <summary>The parameters of a sheet or a box itself: declared here, found by index afterwards.</summary>
internal sealed class GridParameters
{
    private const string Chosen = "chosen";

    /// <summary>Declares them.</summary>
    /// <param name="t">The table.</param>
    /// <param name="shape"><c>sheet</c> or <c>box</c>.</param>
    /// <param name="hasSites">True if the size follows from the sites' lattice.</param>
    public GridParameters(ParameterTable t, string shape, bool hasSites)
    {
        bool isSheet = shape == "sheet";
        if (!hasSites)
        {
            Length = t.Add(new($"{shape}.length", "µm", 20, 0.1, 500, "size along x", Chosen));
            Width = t.Add(new($"{shape}.width", "µm", 20, 0.1, 500, "size along y", Chosen));
            Height = isSheet ? -1 : t.Add(new("box.height", "µm", 10, 0.1, 500, "size along z", Chosen));
        }

        Thickness = isSheet ? t.Add(new("sheet.thickness", "µm", 0.8125, 0.01, 20, "thickness of the sheet", "0.65 µm² of cytosol a site at a pitch of 0.8 µm, as in site-line")) : -1;
        FactorX = t.Add(new("diffusion.x", "1", 1, 0.01, 10, "factor of all diffusion coefficients along x", "isotropic"));
        FactorY = t.Add(new("diffusion.y", "1", 1, 0.01, 10, "factor of all diffusion coefficients along y", "isotropic"));
        FactorZ = isSheet ? -1 : t.Add(new("diffusion.z", "1", 1, 0.01, 10, "factor of all diffusion coefficients along z", "isotropic"));
        MeshDx = t.Add(new("mesh.dx", "µm", 0.25, 0.01, 2, "upper bound of the length of a cell", "verdicts do not depend on it: docs/grid.md"));
    }

    public int Length = -1, Width = -1, Height = -1, Thickness, FactorX, FactorY, FactorZ, MeshDx;

    /// <summary>Factors of diffusion along each direction.</summary>
    public (double X, double Y, double Z) Factor(ReadOnlySpan<double> v) =>
        (v[FactorX], v[FactorY], FactorZ < 0 ? 1 : v[FactorZ]);
}
