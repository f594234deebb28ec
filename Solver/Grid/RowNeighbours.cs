using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Where a row finds its neighbours and with what weight. Beyond a no-flux face it finds itself (the difference is zero),
/// beyond a periodic one the row of the other side, beyond a clamped one a row held at rest, half a cell away.
/// </summary>
internal sealed unsafe class RowNeighbours : IDisposable
{
    private const int Lead = 8;
    private readonly AlignedMemory _held, _ones, _valid, _inside, _weight;
    private readonly double[] _perX, _perY, _perZ, _rest;

    /// <summary>Over a mesh.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="medium">The medium.</param>
    /// <param name="factor">Factor of every diffusion coefficient along each direction.</param>
    public RowNeighbours(Mesh mesh, GridMedium medium, (double X, double Y, double Z) factor)
    {
        (Mesh, Medium, Factor) = (mesh, medium, factor);
        int length = mesh.Span + (2 * Lead), states = medium.States;
        _held = new AlignedMemory((long)states * length * sizeof(double));
        _ones = Filled(length, _ => 1);
        _valid = Filled(length, i => i - Lead >= 0 && i - Lead < mesh.Nx ? 1 : 0);
        _rest = new double[states];
        (_perX, _perY, _perZ) = (new double[states], new double[states], new double[states]);
        for (int s = 0; s < states; s++)
        {
            double d = medium.HasRapid(s) ? 1 : medium.Diffusion[s];
            _perX[s] = factor.X * d / (mesh.Dx * mesh.Dx);
            _perY[s] = factor.Y * d / (mesh.Dy * mesh.Dy);
            _perZ[s] = factor.Z * d / (mesh.Dz * mesh.Dz);
            _rest[s] = DiffusingAtRest(s);
            new Span<double>((double*)_held.Start + ((long)s * length), length).Fill(_rest[s]);
        }

        _inside = new AlignedMemory(mesh.Inside is null ? 64 : (((long)mesh.Rows * mesh.Stride) + Lead) * sizeof(double));
        _weight = new AlignedMemory(mesh.Inside is null ? 64 : (((long)mesh.Rows * mesh.Stride) + Lead) * sizeof(double));
        if (mesh.Inside is not null)
        {
            FillMask();
        }
    }

    /// <summary>The mesh.</summary>
    public Mesh Mesh { get; }

    /// <summary>The medium.</summary>
    public GridMedium Medium { get; }

    /// <summary>Factor of every diffusion coefficient along each direction.</summary>
    public (double X, double Y, double Z) Factor { get; }

    /// <summary>True if there is an outline.</summary>
    public bool IsMasked => Mesh.Inside is not null;

    /// <summary>Largest rate of diffusion of any state, 1/s: 4 Σ D_i/dx_i², the spectral radius of the Laplacian.</summary>
    public double DiffusionRadius()
    {
        double most = 0;
        for (int s = 0; s < Medium.States; s++)
        {
            // With rapid buffers the rate is that of the potential by the total, at most the largest of the D.
            double d = Medium.HasRapid(s) ? Math.Max(Medium.Diffusion[s], Medium.Rapid[s].Max(b => b.Diffusion)) : 1;
            double share = s < Medium.Pools ? Medium.Share[s] : 1;
            double sum = _perX[s] + (Mesh.Dimensions > 1 ? _perY[s] : 0) + (Mesh.Dimensions > 2 ? _perZ[s] : 0);
            most = Math.Max(most, 4 * d * share * sum);
        }

        return most;
    }

    /// <summary>Writes the addresses that diffusion needs; returns along how many directions there is any.</summary>
    public int Address(PlaneRow* r, int row, int x, int state, PlaneSet last)
    {
        Mesh mesh = Mesh;
        int y = row % mesh.Ny, z = row / mesh.Ny;
        double* plane = last.Diffusing[state] + x;
        r->U = plane + last.Row(row);
        r->Inside = IsMasked ? Plane(_inside) + Mesh.At(x, y, z) : Plane(_valid) + x;
        if (_perX[state] == 0 || (state < Medium.Pools && Medium.Share[state] == 0))
        {
            return 0;
        }

        r->X = _perX[state];
        r->W = IsMasked ? Plane(_weight) + Mesh.At(x, y, z) : null;
        if (mesh.Dimensions > 1)
        {
            NeighbourRow up = Towards(last, y == 0, mesh.Y, _perY[state], state, row, y == 0 ? row + mesh.Ny - 1 : row - 1, x);
            r->ToUp = up.Per;
            r->Up = up.First;
            r->WUp = up.Weight;
            NeighbourRow down = Towards(last, y == mesh.Ny - 1, mesh.Y, _perY[state], state, row, y == mesh.Ny - 1 ? row - mesh.Ny + 1 : row + 1, x);
            r->ToDown = down.Per;
            r->Down = down.First;
            r->WDown = down.Weight;
        }

        if (mesh.Dimensions > 2)
        {
            NeighbourRow front = Towards(last, z == 0, mesh.Z, _perZ[state], state, row, z == 0 ? row + mesh.Rows - mesh.Ny : row - mesh.Ny, x);
            r->ToFront = front.Per;
            r->Front = front.First;
            r->WFront = front.Weight;
            NeighbourRow back = Towards(last, z == mesh.Nz - 1, mesh.Z, _perZ[state], state, row, z == mesh.Nz - 1 ? y : row + mesh.Ny, x);
            r->ToBack = back.Per;
            r->Back = back.First;
            r->WBack = back.Weight;
        }

        return mesh.Dimensions;
    }

    /// <summary>After a row of a state was written: its ghosts, its padding, and what diffuses of it.</summary>
    public void Finish<V>(int row, PlaneSet set)
        where V : unmanaged, ILanes<V>
    {
        long at = set.Row(row);
        for (int s = 0; s < Medium.States; s++)
        {
            double* u = set.State[s] + at;
            if (set.Diffusing[s] != set.State[s])
            {
                Pad(u, u[0], u[Mesh.Nx - 1]);
                u = set.Diffusing[s] + at;
                RapidFree.Potential<V>(Medium.Rapid[s], Medium.Diffusion[s], set.State[s] + at, u, Mesh.Span);
            }

            double first = u[0], last = u[Mesh.Nx - 1];
            switch (Mesh.X)
            {
                case Boundary.NoFlux: Pad(u, first, last); break;
                case Boundary.Periodic: Pad(u, last, first); break;
                default: Pad(u, (2 * _rest[s]) - first, (2 * _rest[s]) - last); break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held.Dispose();
        _ones.Dispose();
        _valid.Dispose();
        _inside.Dispose();
        _weight.Dispose();
    }

    private static double* Plane(AlignedMemory memory) => (double*)memory.Start + Lead;

    private static AlignedMemory Filled(int length, Func<int, double> value)
    {
        var memory = new AlignedMemory(length * sizeof(double));
        for (int i = 0; i < length; i++)
        {
            ((double*)memory.Start)[i] = value(i);
        }

        return memory;
    }

    private void Pad(double* row, double left, double right)
    {
        row[-1] = left;
        for (int i = Mesh.Nx; i < Mesh.Stride - 1; i++)
        {
            row[i] = right;
        }
    }

    private NeighbourRow Towards(
        PlaneSet set, bool isFace, Boundary boundary, double per, int state, int row, int other, int x)
    {
        double* plane = set.Diffusing[state] + x;
        if (!isFace || boundary == Boundary.Periodic)
        {
            return new(per, plane + set.Row(other), IsMasked ? Plane(_weight) + ((long)other * Mesh.Stride) + x : null);
        }

        return boundary == Boundary.NoFlux
            ? new(per, plane + set.Row(row), Plane(_ones) + x)
            : new(2 * per, (double*)_held.Start + ((long)state * (Mesh.Span + (2 * Lead))) + Lead + x, Plane(_ones) + x);
    }

    private double DiffusingAtRest(int state)
    {
        if (!Medium.HasRapid(state))
        {
            return Medium.Rest[state];
        }

        double c = Medium.RestFree()[state], sum = Medium.Diffusion[state] * c;
        foreach (RapidBuffer b in Medium.Rapid[state])
        {
            sum += b.Diffusion * b.Total * c / (b.K + c);
        }

        return sum;
    }

    private void FillMask()
    {
        for (int row = 0; row < Mesh.Rows; row++)
        {
            double* inside = Plane(_inside) + ((long)row * Mesh.Stride), weight = Plane(_weight) + ((long)row * Mesh.Stride);
            for (int x = 0; x < Mesh.Nx; x++)
            {
                bool isInside = Mesh.IsInside(x, row % Mesh.Ny, row / Mesh.Ny);
                inside[x] = isInside ? 1 : 0;
                weight[x] = isInside || Mesh.HasBath ? 1 : 0;
            }

            bool isPeriodic = Mesh.X == Boundary.Periodic;
            Pad(weight, isPeriodic ? weight[Mesh.Nx - 1] : 1, isPeriodic ? weight[0] : 1);
        }
    }
}
