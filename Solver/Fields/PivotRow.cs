using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// 1/pivot of a tridiagonal system with constant coefficients, eliminated from each lane's wall to the left. The recurrence settles to
/// the last bit within some tens of cells; tiles from there on share one strip of values, except that at the left end.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class PivotRow<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;
    private readonly FieldMemory<V> _memory;
    private readonly AlignedMemory _values, _settled = new(Tile * sizeof(V)), _strips;

    /// <summary>A row for the cells of a memory.</summary>
    public PivotRow(FieldMemory<V> memory)
    {
        _memory = memory;
        _values = new AlignedMemory((long)memory.Tiles * Tile * sizeof(V));
        _strips = new AlignedMemory(memory.Tiles * sizeof(V*));
    }

    private V** Strips => (V**)_strips.Start;

    /// <summary>The inverse pivots of a tile.</summary>
    public V* Of(int tile) => Strips[tile];

    /// <summary>The inverse pivot of a cell.</summary>
    public V At(int cell) => Strips[cell / Tile][cell % Tile];

    /// <summary>Computes them.</summary>
    /// <param name="sd">s·D/dx².</param>
    /// <param name="edge">Weight of a cell's own value in its diffusion at an end.</param>
    /// <param name="window">The walls.</param>
    public void Set(V sd, V edge, FieldWindow<V> window)
    {
        V inner = 1 + (2 * sd), last = 1 + (edge * sd), square = sd * sd, end = 1 / last, inverse = end;
        V* settled = (V*)_settled.Start;
        bool isSettled = false, isFilled = false;
        for (int tile = window.Tiles - 1; tile >= 0; tile--)
        {
            uint walls = window.WallsAt(tile);
            if (isSettled && walls == 0 && tile > 0)
            {
                for (int i = 0; i < Tile && !isFilled; i++)
                {
                    settled[i] = inverse;
                }

                Strips[tile] = settled;
                isFilled = true;
                continue;
            }

            V* values = Strips[tile] = (V*)_values.Start + (tile * Tile);
            for (int i = Math.Min(_memory.Cells - (tile * Tile), Tile) - 1; i >= 0; i--)
            {
                V next = 1 / V.Fma(-square, inverse, tile + i == 0 ? last : inner);
                FieldWindow<V>.Blend(walls, &end, &next);
                isSettled = walls == 0 && IsSame(next, inverse);
                (inverse, walls, values[i]) = (next, 0, next);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _settled.Dispose();
        _strips.Dispose();
    }

    private static bool IsSame(V a, V b)
    {
        double* x = (double*)&a, y = (double*)&b;
        for (int i = 0; i < V.Count; i++)
        {
            if (x[i] != y[i] && !double.IsNaN(x[i]))
            {
                return false;
            }
        }

        return true;
    }
}
