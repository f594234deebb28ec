using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// 1/pivot of a tridiagonal system with constant coefficients, by distance from the right end. The recurrence settles to the
/// last bit within some tens of cells in every lane; from there on one value serves, except at the left end.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct PivotRow<V>
    where V : unmanaged, ILanes<V>
{
    private readonly V* _values;
    private readonly int _cells;
    private int _settled;

    /// <summary>A row.</summary>
    /// <param name="values">Its memory [cells + 1].</param>
    /// <param name="cells">Cells.</param>
    public PivotRow(V* values, int cells)
    {
        _values = values;
        _cells = cells;
        _settled = 0;
    }

    /// <summary>The inverse pivot at a distance from the right end.</summary>
    public readonly V* At(int fromRight) =>
        fromRight == _cells - 1 ? _values + _cells : _values + (fromRight < _settled ? fromRight : _settled);

    /// <summary>Computes them.</summary>
    /// <param name="sd">s·D/dx².</param>
    /// <param name="edge">Weight of a cell's own value in its diffusion at an end.</param>
    public void Set(V sd, double edge)
    {
        V inner = 1 + (2 * sd), last = 1 + (edge * sd), square = sd * sd, inverse = 1 / last;
        *_values = inverse;
        int i = 1;
        for (; i < _cells - 1; i++)
        {
            V next = 1 / V.Fma(-square, inverse, inner);
            _values[i] = next;
            if (IsSame(next, inverse))
            {
                break;
            }

            inverse = next;
        }

        _settled = Math.Min(i, _cells - 2);
        _values[_cells] = 1 / V.Fma(-square, _values[_settled], last);
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
