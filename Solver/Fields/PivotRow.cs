using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// 1/pivot of a tridiagonal system with constant coefficients, eliminated from each lane's wall to the left. The recurrence settles to
/// the last bit within some tens of cells; from there on one value serves, except at the left end.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
/// <param name="values">Its memory [cells].</param>
/// <param name="cells">Cells.</param>
internal readonly unsafe struct PivotRow<V>(V* values, int cells)
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    private readonly V* _values = values;
    private readonly int _cells = cells;

    /// <summary>The inverse pivots of a tile.</summary>
    public V* Of(int tile) => _values + (tile * Tile);

    /// <summary>The inverse pivot of a cell.</summary>
    public V At(int cell) => _values[cell];

    /// <summary>Computes them.</summary>
    /// <param name="sd">s·D/dx².</param>
    /// <param name="edge">Weight of a cell's own value in its diffusion at an end.</param>
    /// <param name="window">The walls.</param>
    public void Set(V sd, V edge, FieldWindow<V> window)
    {
        V inner = 1 + (2 * sd), last = 1 + (edge * sd), square = sd * sd, end = 1 / last, inverse = end;
        bool isSettled = false;
        for (int tile = window.Tiles - 1; tile >= 0; tile--)
        {
            uint walls = window.WallsAt(tile);
            for (int i = Math.Min(_cells, (tile + 1) * Tile) - 1; i >= tile * Tile; i--)
            {
                if (walls != 0 || !isSettled)
                {
                    V next = 1 / V.Fma(-square, inverse, inner);
                    FieldWindow<V>.Blend(walls, &end, &next);
                    isSettled = walls == 0 && IsSame(next, inverse);
                    (inverse, walls) = (next, 0);
                }

                _values[i] = inverse;
            }
        }

        _values[0] = 1 / V.Fma(-square, _values[1], last);
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
