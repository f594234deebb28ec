using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// A value of every state in every cell (or a rate of it): one plane a state. A pool with rapid buffers has a second
/// plane, D c + Σ D_b b: that is what diffuses.
/// </summary>
internal sealed unsafe class PlaneSet : IDisposable
{
    // The first row's left ghost stands before it. Planes are not a whole number of 4 KiB apart, so that the same cell
    // of several planes does not fall into one set of the cache.
    private const int Lead = 8, Page = 512, Shift = 40;
    private readonly AlignedMemory _memory, _table;
    private readonly int _states, _ring, _stride;

    /// <summary>Planes of a medium over a mesh, zeroed.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="medium">The medium.</param>
    /// <param name="hasPotential">False for rates, which have no second planes.</param>
    /// <param name="ring">Rows that are kept, if only the latest rows are needed; 0: all.</param>
    public PlaneSet(Mesh mesh, GridMedium medium, bool hasPotential, int ring = 0)
    {
        (_ring, _stride) = (ring, mesh.Stride);
        int states = _states = medium.States;
        int second = hasPotential ? Enumerable.Range(0, states).Count(medium.HasRapid) : 0;
        long plane = ((long)(ring > 0 ? ring : mesh.Rows) * mesh.Stride) + Lead, over = plane % Page;
        plane += (Shift - over + Page) % Page;
        Bytes = plane * (states + second) * sizeof(double);
        _memory = new AlignedMemory(Bytes);
        _table = new AlignedMemory(2 * states * sizeof(double*));
        double* next = (double*)_memory.Start + Lead;
        for (int s = 0; s < states; s++, next += plane)
        {
            State[s] = next;
            Diffusing[s] = next;
        }

        for (int s = 0; s < states; s++)
        {
            if (hasPotential && medium.HasRapid(s))
            {
                Diffusing[s] = next;
                next += plane;
            }
        }

    }

    /// <summary>Size of the memory.</summary>
    public long Bytes { get; }

    /// <summary>True if the planes do not stay in the caches.</summary>
    public bool IsLarge => Bytes >= PlaneStore.Large;

    /// <summary>Cell (0, 0, 0) of each state's plane [states].</summary>
    public double** State => (double**)_table.Start;

    /// <summary>The same of what diffuses [states].</summary>
    public double** Diffusing => (double**)_table.Start + _states;

    /// <summary>Where a row starts in every plane.</summary>
    public long Row(int row) => (long)(_ring == 0 ? row : row % _ring) * _stride;

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _table.Dispose();
    }
}
