using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>The fields of one simulation: value sets, neighbours, and what computes rates, one per thread.</summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
internal sealed unsafe class GridFields<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly FluxSet<V> _fluxes;
    private readonly double[] _rest;

    /// <summary>Fields at rest.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="medium">The medium.</param>
    /// <param name="factor">Factor of every diffusion coefficient along each direction.</param>
    /// <param name="control">Default parameters, for leaks balanced in the control.</param>
    /// <param name="threads">Threads.</param>
    public GridFields(Mesh mesh, GridMedium medium, (double X, double Y, double Z) factor, double[] control, int threads = 1)
    {
        (Mesh, Medium) = (mesh, medium);
        Rows = new RowNeighbours(mesh, medium, factor);
        Team = new SlabTeam(threads, mesh.Rows);
        _fluxes = new FluxSet<V>(medium.Mechanisms, medium.Pools, typeof(NoSlopes));
        double[] free = medium.RestFree();
        _rest = (double[])medium.Rest.Clone();
        for (int lane = 0; lane < V.Count; lane++)
        {
            _fluxes.SetLane(lane, medium.Parameters, free, control);
        }

        Span<double> gates = stackalloc double[medium.Gates];
        _fluxes.RestGates(0, free, gates);
        gates.CopyTo(_rest.AsSpan(medium.Pools));
        Rates = [.. Enumerable.Range(0, Team.Count).Select(_ => new RowRates<V>(Rows, _fluxes))];
        Sets = [new(mesh, medium, true), new(mesh, medium, true), new(mesh, medium, true)];
        Absolute = new double[medium.States];
        Fill();
    }

    /// <summary>The mesh.</summary>
    public Mesh Mesh { get; }

    /// <summary>The medium.</summary>
    public GridMedium Medium { get; }

    /// <summary>Where rows find their neighbours.</summary>
    public RowNeighbours Rows { get; }

    /// <summary>The threads.</summary>
    public SlabTeam Team { get; }

    /// <summary>Rate computers [threads].</summary>
    public RowRates<V>[] Rates { get; }

    /// <summary>Value sets: 0 is the state, the others belong to the stepper.</summary>
    public PlaneSet[] Sets { get; }

    /// <summary>Sources in single cells, or null.</summary>
    public RowSources? Sources { get; set; }

    /// <summary>Absolute tolerance of each state in a step [states].</summary>
    public double[] Absolute { get; }

    /// <summary>Relative tolerance of all states in a step.</summary>
    public double Relative { get; set; } = 2e-3;

    /// <summary>Value of a state in a cell.</summary>
    public ref double At(int state, int x, int y, int z) => ref Sets[0].State[state][Mesh.At(x, y, z)];

    /// <summary>Value of a state at rest.</summary>
    public double Rest(int state) => _rest[state];

    /// <summary>Puts every cell at rest.</summary>
    public void Fill()
    {
        for (int row = 0; row < Mesh.Rows; row++)
        {
            for (int s = 0; s < Medium.States; s++)
            {
                new Span<double>(Sets[0].State[s] + Sets[0].Row(row), Mesh.Span).Fill(_rest[s]);
            }
        }

        Finish();
    }

    /// <summary>After cells of the state were set from outside: their ghosts.</summary>
    public void Finish()
    {
        for (int row = 0; row < Mesh.Rows; row++)
        {
            Rows.Finish<V>(row, Sets[0]);
        }
    }

    /// <summary>Sum over the cells of a state, times the volume of a cell, µM µm³; per row first, so that the sum is accurate.</summary>
    public double Amount(int state)
    {
        double sum = 0;
        for (int row = 0; row < Mesh.Rows; row++)
        {
            double* u = Sets[0].State[state] + Sets[0].Row(row);
            double inRow = 0;
            for (int x = 0; x < Mesh.Nx; x++)
            {
                inRow += Mesh.IsInside(x, row % Mesh.Ny, row / Mesh.Ny) ? u[x] : 0;
            }

            sum += inRow;
        }

        return sum * Mesh.CellVolume;
    }

    /// <summary>Total calcium of the fields, µM µm³ of cytosol.</summary>
    public double TotalCalcium()
    {
        double sum = 0;
        for (int s = 0; s < Medium.States; s++)
        {
            sum += Medium.Weight[s] == 0 ? 0 : Medium.Weight[s] * Amount(s);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Team.Dispose();
        foreach (RowRates<V> rates in Rates)
        {
            rates.Dispose();
        }

        foreach (PlaneSet set in Sets)
        {
            set.Dispose();
        }

        _fluxes.Dispose();
        Rows.Dispose();
    }
}
