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
        (Mesh, Medium, Factor, IsMasked) = (mesh, medium, factor, mesh.Inside is not null);
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
    public bool IsMasked { get; }

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

    /// <summary>Works out where a row stands that starts at cell <paramref name="x"/>, and its neighbours.</summary>
    public void Frame(ref RowFrame f, int row, int x, PlaneSet last, in RowOperands to)
    {
        Mesh mesh = Mesh;
        (f.X, f.Last, f.Mask) = (x, last.Row(row) + x, ((long)row * mesh.Stride) + x);
        (f.Out, f.Start) = (to.Out.Row(row) + x, to.Start is null ? 0 : to.Start.Row(row) + x);
        (f.Before, f.Rate) = (to.Before is null ? 0 : to.Before.Row(row) + x, to.Rate is null ? 0 : to.Rate.Row(row) + x);
        if (mesh.Dimensions > 1)
        {
            int y = row % mesh.Ny, around = mesh.Ny - 1;
            (f.Up, f.MaskUp, f.TimesUp, f.HeldUp, f.OneUp) = Neighbour(last, y == 0, mesh.Y, row, y == 0 ? row + around : row - 1, x);
            (f.Down, f.MaskDown, f.TimesDown, f.HeldDown, f.OneDown) = Neighbour(last, y == around, mesh.Y, row, y == around ? row - around : row + 1, x);
        }

        if (mesh.Dimensions > 2)
        {
            int plane = mesh.Ny, around = mesh.Rows - plane;
            bool isFirst = row < plane, isLast = row >= around;
            (f.Front, f.MaskFront, f.TimesFront, f.HeldFront, f.OneFront) = Neighbour(last, isFirst, mesh.Z, row, isFirst ? row + around : row - plane, x);
            (f.Back, f.MaskBack, f.TimesBack, f.HeldBack, f.OneBack) = Neighbour(last, isLast, mesh.Z, row, isLast ? row - around : row + plane, x);
        }
    }

    /// <summary>Writes the addresses that diffusion of a state needs.</summary>
    public void Address(PlaneRow* r, in RowFrame f, int state, PlaneSet last)
    {
        double* plane = last.Diffusing[state];
        r->U = plane + f.Last;
        r->Inside = IsMasked ? Plane(_inside) + f.Mask : Plane(_valid) + f.X;
        double* held = (double*)_held.Start + ((long)state * (Mesh.Span + (2 * Lead))) + Lead + f.X;
        r->X = _perX[state];
        r->ToUp = _perY[state] * f.TimesUp;
        r->Up = f.HeldUp ? held : plane + f.Up;
        r->ToDown = _perY[state] * f.TimesDown;
        r->Down = f.HeldDown ? held : plane + f.Down;
        r->ToFront = _perZ[state] * f.TimesFront;
        r->Front = f.HeldFront ? held : plane + f.Front;
        r->ToBack = _perZ[state] * f.TimesBack;
        r->Back = f.HeldBack ? held : plane + f.Back;
        if (IsMasked)
        {
            double* weight = Plane(_weight), one = Plane(_ones) + f.X;
            r->W = weight + f.Mask;
            r->WUp = f.OneUp ? one : weight + f.MaskUp;
            r->WDown = f.OneDown ? one : weight + f.MaskDown;
            r->WFront = f.OneFront ? one : weight + f.MaskFront;
            r->WBack = f.OneBack ? one : weight + f.MaskBack;
        }
    }

    /// <summary>After a row of every state was written: ghosts, padding, and what diffuses of a total.</summary>
    public void Finish<V>(int row, PlaneSet set)
        where V : unmanaged, ILanes<V>
    {
        long at = set.Row(row);
        int nx = Mesh.Nx, n = Mesh.Stride - 1 - nx;
        for (int s = 0; s < _rest.Length; s++)
        {
            double* u = set.State[s] + at;
            if (set.Diffusing[s] != set.State[s])
            {
                Pad(u, nx, n, u[0], u[nx - 1]);
                u = set.Diffusing[s] + at;
                RapidFree.Potential<V>(Medium.Rapid[s], Medium.Diffusion[s], set.State[s] + at, u, Mesh.Span);
            }

            double first = u[0], last = u[nx - 1];
            switch (Mesh.X)
            {
                case Boundary.NoFlux: Pad(u, nx, n, first, last); break;
                case Boundary.Periodic: Pad(u, nx, n, last, first); break;
                default: Pad(u, nx, n, (2 * _rest[s]) - first, (2 * _rest[s]) - last); break;
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

    private static void Pad(double* row, int nx, int n, double left, double right)
    {
        row[-1] = left;
        for (int i = 0; i < n; i++)
        {
            row[nx + i] = right;
        }
    }

    private (long Row, long Mask, double Times, bool IsHeld, bool IsOne) Neighbour(
        PlaneSet set, bool isFace, Boundary boundary, int row, int other, int x)
    {
        if (!isFace || boundary == Boundary.Periodic)
        {
            return (set.Row(other) + x, ((long)other * Mesh.Stride) + x, 1, false, false);
        }

        bool isHeld = boundary == Boundary.Clamped;
        return (set.Row(row) + x, 0, isHeld ? 2 : 1, isHeld, true);
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
            Pad(weight, Mesh.Nx, Mesh.Stride - 1 - Mesh.Nx, isPeriodic ? weight[Mesh.Nx - 1] : 1, isPeriodic ? weight[0] : 1);
        }
    }
}
