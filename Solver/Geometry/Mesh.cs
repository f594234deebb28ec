namespace CalciumSweep.Solver.Geometry;

/// <summary>
/// Finite volumes in a row, a sheet or a box. Planes of values are stored row by row along x. A row is padded to whole
/// vectors of the widest lane, so that every width does the same arithmetic, and has room for a ghost at either end.
/// </summary>
/// <param name="Nx">Cells along x.</param>
/// <param name="Ny">Cells along y.</param>
/// <param name="Nz">Cells along z.</param>
/// <param name="Dx">Length of a cell along x, µm.</param>
/// <param name="Dy">Length of a cell along y, µm.</param>
/// <param name="Dz">Length of a cell along z, µm; in a sheet its thickness.</param>
/// <param name="Dimensions">1, 2 or 3: along how many directions there is diffusion.</param>
internal sealed record Mesh(int Nx, int Ny, int Nz, double Dx, double Dy, double Dz, int Dimensions)
{
    /// <summary>Widest vector, in doubles.</summary>
    private const int Widest = 8;

    /// <summary>Boundary along each direction.</summary>
    public Boundary X { get; init; }

    /// <inheritdoc cref="X"/>
    public Boundary Y { get; init; }

    /// <inheritdoc cref="X"/>
    public Boundary Z { get; init; }

    /// <summary>Which cells belong to the domain, x fastest [cells]; null: all.</summary>
    public bool[]? Inside { get; init; }

    /// <summary>True if what lies outside the outline is a bath held at rest, false if nothing passes the outline.</summary>
    public bool HasBath { get; init; }

    /// <summary>Doubles of a row that are computed: Nx rounded up to whole vectors.</summary>
    public int Span => (Nx + Widest - 1) / Widest * Widest;

    /// <summary>Doubles from one row to the next; the last of them is the left ghost of the next row.</summary>
    public int Stride => Span + Widest;

    /// <summary>Rows.</summary>
    public int Rows => Ny * Nz;

    /// <summary>Distance of the farthest row that a row exchanges with, in rows.</summary>
    public int Reach => Dimensions == 3 ? Ny : Dimensions == 2 ? 1 : 0;

    /// <summary>True if the first rows exchange with the last.</summary>
    public bool IsPeriodicAcrossRows =>
        (Dimensions > 1 && Y == Boundary.Periodic) || (Dimensions > 2 && Z == Boundary.Periodic);

    /// <summary>Volume of a cell, µm³.</summary>
    public double CellVolume => Dx * Dy * Dz;

    /// <summary>Where a cell stands in a plane.</summary>
    public long At(int x, int y, int z) => ((((long)z * Ny) + y) * Stride) + x;

    /// <summary>True if a cell belongs to the domain.</summary>
    public bool IsInside(int x, int y, int z) => Inside is null || Inside[(((z * Ny) + y) * Nx) + x];

    /// <summary>Number of cells in the domain.</summary>
    public int InsideCount => Inside?.Count(i => i) ?? Nx * Ny * Nz;
}
