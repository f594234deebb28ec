using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// What a pass over the cells of one tile reads and writes. Lives in aligned native memory; a tile's planes are
/// <see cref="FieldMemory{V}.Tile"/> vectors each, one after the other.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct CellRun<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Predicted values, later the new ones [variables × tile].</summary>
    public V* Y;

    /// <summary>ψ − y* [variables × tile].</summary>
    public V* D;

    /// <summary>Flow into calcium, µM/s, and its slope by free calcium, 1/s [tile].</summary>
    public V* F, ByC;

    /// <summary>What stationary buffers add to the diagonal and to the right-hand side of calcium [tile].</summary>
    public V* Diag, Rhs;

    /// <summary>Of calcium with instantaneous buffers: free, ∂total/∂free, what diffuses (over dx², µM/s), its slope by free (1/s) [4 × tile].</summary>
    public V* Side;

    /// <summary>Predicted values left of the tile, a variable every <see cref="LeftStride"/>; and right of it, one after the other.</summary>
    public V* Left, Right;

    /// <summary>What diffuses of calcium left and right of the tile, where it holds instantaneous buffers.</summary>
    public V* SideLeft, SideRight;

    /// <summary>Vectors between variables of <see cref="Left"/>.</summary>
    public int LeftStride;

    /// <summary>Cells of the tile.</summary>
    public int N;

    /// <summary>Elimination of the tile's first cell [cells × trail length]: inverse pivots, right-hand side, then two entries a stationary buffer and three a one-way pool.</summary>
    public V* Trail;

    /// <summary>Vectors between cells of <see cref="Trail"/>.</summary>
    public int TrailLength;

    /// <summary>s; s·D/dx² of every variable [variables].</summary>
    public V* S, SD;

    /// <summary>Kinetic buffers: on, 1/(µM s), off, 1/s, total, µM [variables].</summary>
    public V* On, Off, Total;

    /// <summary>Largest error so far as a ratio of two numbers, largest error of a gate, smallest new value [4].</summary>
    public V* Norm;

    /// <summary>Tolerance: absolute (µM) and relative [2].</summary>
    public V* Tolerance;
}
