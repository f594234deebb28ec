using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Joins the ends of a periodic cable: the system solved is the one with closed ends, T; the exchange between the two end
/// cells, u·(v·x) with u = δ₀ − δ_last and v = d₀δ₀ − d_last·δ_last for every diffusing variable, is a correction of low rank
/// (Woodbury): x − Z (I + VᵀZ)⁻¹ Vᵀx with T·Z = U. Columns of u sum to zero, so nothing is lost at the seam.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class Seam<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly AlignedMemory _z;
    private readonly int _size;

    /// <summary>A seam for blocks of some variables.</summary>
    public Seam(FieldMemory<V> memory, FieldRates<V> rates, int size)
    {
        (_memory, _rates, _size) = (memory, rates, size);
        _z = new AlignedMemory((long)size * size * memory.Cells * sizeof(V));
    }

    /// <summary>Corrects the block's corrections in the trail.</summary>
    public void JoinBlock(BlockKernel<V> block, CellRun<V>* run, bool isRapid)
    {
        int m = _size, last = _memory.Cells - 1, at = block.RightSide;
        V* dFirst = stackalloc V[m], dLast = stackalloc V[m], small = stackalloc V[m * (m + 1)];
        for (int k = 0; k < m; k++)
        {
            dFirst[k] = Coupling(0, k, block, isRapid);
            dLast[k] = Coupling(last, k, block, isRapid);
        }

        for (int k = 0; k < m; k++)
        {
            Solve(block, k, isRapid);
            for (int r = 0; r < m; r++)
            {
                small[(r * (m + 1)) + k] = (dFirst[r] * Z(k, 0)[r]) - (dLast[r] * Z(k, last)[r]) + V.All(r == k ? 1 : 0);
            }
        }

        for (int r = 0; r < m; r++)
        {
            small[(r * (m + 1)) + m] = (dFirst[r] * _memory.TrailOf(0)[at + r]) - (dLast[r] * _memory.TrailOf(last)[at + r]);
        }

        Gauss(small, m);
        for (int i = 0; i <= last; i++)
        {
            V* e = _memory.TrailOf(i) + at;
            for (int k = 0; k < m; k++)
            {
                for (int r = 0; r < m; r++)
                {
                    e[r] = V.Fma(-Z(k, i)[r], small[(k * (m + 1)) + m], e[r]);
                }
            }
        }
    }

    /// <summary>Corrects the corrections of another pool.</summary>
    public void JoinPool(int variable, int trail, bool isVarying, PivotRow<V> pivots)
    {
        int last = _memory.Cells - 1;
        V* z = (V*)_z.Start;
        V g = V.All(0);
        for (int i = last; i >= 0; i--)
        {
            V h = V.All(i == last ? -1 : i == 0 ? 1 : 0);
            V before = i == last ? V.All(0) : PoolCoupling(i + 1, variable, trail, isVarying);
            g = Pivot(i, trail, isVarying, pivots) * V.Fma(before, g, h);
            z[i] = g;
        }

        for (int i = 1; i <= last; i++)
        {
            z[i] = V.Fma(Pivot(i, trail, isVarying, pivots), PoolCoupling(i - 1, variable, trail, isVarying) * z[i - 1], z[i]);
        }

        V first = PoolCoupling(0, variable, trail, isVarying), end = PoolCoupling(last, variable, trail, isVarying);
        V share = ((first * _memory.TrailOf(0)[trail]) - (end * _memory.TrailOf(last)[trail])) / (1 + ((first * z[0]) - (end * z[last])));
        for (int i = 0; i <= last; i++)
        {
            V* e = _memory.TrailOf(i) + trail;
            *e = V.Fma(-z[i], share, *e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _z.Dispose();

    /// <summary>Gauss–Jordan without pivoting: I + VᵀZ is diagonally dominant.</summary>
    private static void Gauss(V* a, int m)
    {
        int width = m + 1;
        for (int k = 0; k < m; k++)
        {
            V inverse = 1 / a[(k * width) + k];
            for (int c = 0; c <= m; c++)
            {
                a[(k * width) + c] = a[(k * width) + c] * inverse;
            }

            for (int r = 0; r < m; r++)
            {
                V factor = a[(r * width) + k];
                for (int c = 0; r != k && c <= m; c++)
                {
                    a[(r * width) + c] = V.Fma(-factor, a[(k * width) + c], a[(r * width) + c]);
                }
            }
        }
    }

    private V* Z(int column, int cell) => (V*)_z.Start + (((((long)column * _memory.Cells) + cell) * _size));

    private V Coupling(int cell, int variable, BlockKernel<V> block, bool isRapid) =>
        variable == 0 && isRapid ? _memory.TrailOf(cell)[block.TrailLength - 1] : _rates.SD[variable];

    private V PoolCoupling(int cell, int variable, int trail, bool isVarying) =>
        isVarying ? _memory.TrailOf(cell)[trail + 1] : _rates.SD[variable];

    private V Pivot(int cell, int trail, bool isVarying, PivotRow<V> pivots) =>
        isVarying ? _memory.TrailOf(cell)[trail + 2] : pivots.At(cell);

    /// <summary>Column k of Z, with the pivots of the step.</summary>
    private void Solve(BlockKernel<V> block, int k, bool isRapid)
    {
        int m = _size, last = _memory.Cells - 1;
        V* h = stackalloc V[m];
        for (int i = 0; i <= last; i++)
        {
            V* p = _memory.TrailOf(i);
            for (int r = 0; r < m; r++)
            {
                h[r] = V.All(r != k ? 0 : i == 0 ? 1 : i == last ? -1 : 0);
                h[r] = i == 0 ? h[r] : V.Fma(Coupling(i - 1, r, block, isRapid), Z(k, i - 1)[r], h[r]);
            }

            Multiply(p, h, Z(k, i), m, add: false);
        }

        for (int i = last - 1; i >= 0; i--)
        {
            for (int r = 0; r < m; r++)
            {
                h[r] = Coupling(i + 1, r, block, isRapid) * Z(k, i + 1)[r];
            }

            Multiply(_memory.TrailOf(i), h, Z(k, i), m, add: true);
        }
    }

    private static void Multiply(V* p, V* h, V* to, int m, bool add)
    {
        for (int r = 0; r < m; r++)
        {
            V sum = add ? to[r] : V.All(0);
            for (int c = 0; c < m; c++)
            {
                sum = V.Fma(p[(r * m) + c], h[c], sum);
            }

            to[r] = sum;
        }
    }
}
