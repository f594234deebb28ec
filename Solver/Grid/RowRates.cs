using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Computes the rates of one row after another and hands them to a <see cref="ICombine{TSelf, V}"/>. A row is worked through in
/// tiles that stay in the L1 cache: free concentrations, flows of all mechanisms, buffers, pools, gates. One per thread.
/// </summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
internal sealed unsafe class RowRates<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = 512, Pitch = Tile + 24;
    private readonly AlignedMemory _tile, _operands, _pointers;
    private readonly FluxSet<V> _fluxes;
    private readonly FluxBinding<V> _binding;
    private readonly GridMedium _medium;
    private readonly RowNeighbours _rows;
    private readonly int _free, _flow, _gain, _loss, _rate;
    private readonly List<(int Pool, int Flow, double Factor, bool IsFirst)> _sums;
    private readonly bool[] _isSource;
    private RowFrame _frame;

    /// <summary>Over a mesh.</summary>
    public RowRates(RowNeighbours rows, FluxSet<V> fluxes)
    {
        (_rows, _medium, _fluxes) = (rows, rows.Medium, fluxes);
        int pools = _medium.Pools, gates = _medium.Gates, flows = fluxes.Flows.Count;
        (_free, _flow) = (0, pools + gates);
        (_gain, _loss) = (_flow + flows, _flow + flows + gates);
        _rate = _loss + gates;
        _tile = new AlignedMemory((long)(_rate + pools) * Pitch * sizeof(double));
        _operands = new AlignedMemory(sizeof(Combination<V>) + sizeof(PlaneRow) + 64);
        _pointers = new AlignedMemory((pools + gates) * sizeof(byte*));
        Row->Ahead = rows.Mesh.Stride;
        _sums = Sums();
        _isSource = [.. Enumerable.Range(0, pools).Select(p => _sums.Exists(s => s.Pool == p))];
        byte** planes = (byte**)_pointers.Start;
        for (int p = 0; p < pools + gates; p++)
        {
            planes[p] = (byte*)TileRow(_free + p);
        }

        // Slopes are not kept: their planes are never written.
        _binding = fluxes.Bind(planes, new FluxPlanes<V>
        {
            J = (V*)TileRow(_flow),
            ByInto = (V*)TileRow(_flow),
            ByFrom = (V*)TileRow(_flow),
            Gain = (V*)TileRow(_gain),
            Loss = (V*)TileRow(_loss),
            Stride = Pitch / V.Count,
        });
    }

    /// <summary>Coefficients of the pass, and what it finds.</summary>
    public Combination<V>* K => (Combination<V>*)_operands.Start;

    private PlaneRow* Row => (PlaneRow*)(_operands.Start + sizeof(Combination<V>));

    /// <summary>Sets error and smallest value back.</summary>
    public void Forget()
    {
        K->Error = V.All(0);
        K->Lowest = V.All(double.MaxValue);
    }

    /// <summary>Largest error and smallest value over the cells of all rows since <see cref="Forget"/>: exact at every width.</summary>
    public (double Error, double Lowest) Found()
    {
        double error = 0, lowest = double.MaxValue;
        for (int i = 0; i < V.Count; i++)
        {
            double e = ((double*)&K->Error)[i], low = ((double*)&K->Lowest)[i];
            error = e > error || double.IsNaN(e) ? e : error;
            lowest = low < lowest || double.IsNaN(low) ? low : lowest;
        }

        return (error, lowest);
    }

    /// <summary>Rates of a row at the state <paramref name="last"/>, combined by <typeparamref name="C"/>.</summary>
    /// <param name="row">Row, z·Ny + y.</param>
    /// <param name="last">The state.</param>
    /// <param name="to">What it is combined with.</param>
    /// <param name="absolute">Absolute tolerance of each state [states]; empty if there is no error.</param>
    public void Run<C>(int row, PlaneSet last, in RowOperands to, ReadOnlySpan<double> absolute = default)
        where C : unmanaged, ICombine<C, V>
    {
        int span = _rows.Mesh.Span;
        for (int x = 0; x < span; x += Tile)
        {
            Segment<C>(row, x, Math.Min(Tile, span - x), last, to, absolute);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _tile.Dispose();
        _operands.Dispose();
        _pointers.Dispose();
    }

    private double* TileRow(int i) => (double*)_tile.Start + ((long)i * Pitch);

    private void Segment<C>(int row, int x, int n, PlaneSet last, in RowOperands to, ReadOnlySpan<double> absolute)
        where C : unmanaged, ICombine<C, V>
    {
        _rows.Frame(ref _frame, row, x, last, to);
        long at = _frame.Last;
        int pools = _medium.Pools;
        for (int p = 0; p < pools + _medium.Gates; p++)
        {
            double* from = last.State[p] + at, free = TileRow(_free + p);
            if (_medium.HasRapid(p))
            {
                RapidFree.Solve<V>(_medium.Rapid[p], from, free, n);
            }
            else
            {
                new ReadOnlySpan<double>(from, n).CopyTo(new Span<double>(free, n));
            }
        }

        _fluxes.Run(_binding, 0, n / V.Count);
        ClearRates(n);
        SumFlows(n);
        foreach (ref readonly KineticBuffer b in _medium.Kinetic.AsSpan())
        {
            int directions = Address(b.State, last, to, absolute);
            RowKernels<V, C>.Bound(
                directions, _rows.IsMasked, Row, K, n, b, TileRow(_free + b.Pool), TileRow(_rate + b.Pool));
        }

        for (int p = 0; p < pools; p++)
        {
            int directions = Address(p, last, to, absolute);
            Row->Extra = TileRow(_rate + p);
            Row->Scale = _medium.Share[p];
            RowKernels<V, C>.State(directions, _rows.IsMasked, Row, K, n);
        }

        for (int g = 0; g < _medium.Gates; g++)
        {
            _ = Address(pools + g, last, to, absolute);
            RowKernels<V, C>.Gate(Row, K, n, TileRow(_gain + g), TileRow(_loss + g));
        }
    }

    /// <summary>Rate of every pool by the mechanisms: what flows in, less what flows out times the ratio of volumes.</summary>
    private void SumFlows(int n)
    {
        foreach (var (pool, flow, factor, isFirst) in _sums)
        {
            AddFlow(TileRow(_rate + pool), TileRow(_flow + flow), factor, n, isFirst);
        }
    }

    private List<(int Pool, int Flow, double Factor, bool IsFirst)> Sums()
    {
        var sums = new List<(int Pool, int Flow, double Factor, bool IsFirst)>();
        for (int f = 0; f < _fluxes.Flows.Count; f++)
        {
            var (into, from) = _fluxes.Flows[f];
            Add(into, f, 1);
            if (from >= 0)
            {
                Add(from, f, -(_medium.VolumeRatio(into) / _medium.VolumeRatio(from)));
            }
        }

        return sums;
        void Add(int pool, int flow, double factor) => sums.Add((pool, flow, factor, !sums.Exists(s => s.Pool == pool)));
    }

    /// <summary>Pools without flows: what buffers left there of the last row.</summary>
    private void ClearRates(int n)
    {
        for (int p = 0; p < _isSource.Length; p++)
        {
            if (!_isSource[p])
            {
                new Span<double>(TileRow(_rate + p), n).Clear();
            }
        }
    }

    private static void AddFlow(double* rate, double* flow, double factor, int n, bool isFirst)
    {
        V times = V.All(factor);
        if (isFirst)
        {
            for (int i = 0; i < n; i += V.Count)
            {
                *(V*)(rate + i) = times * *(V*)(flow + i);
            }

            return;
        }

        for (int i = 0; i < n; i += V.Count)
        {
            *(V*)(rate + i) = V.Fma(times, *(V*)(flow + i), *(V*)(rate + i));
        }
    }

    private int Address(int state, PlaneSet last, in RowOperands to, ReadOnlySpan<double> absolute)
    {
        PlaneRow* r = Row;
        int directions = _rows.Address(r, _frame, state, last);
        r->Last = last.State[state] + _frame.Last;
        r->Out = to.Out.State[state] + _frame.Out;
        r->Start = to.Start is null ? null : to.Start.State[state] + _frame.Start;
        r->Before = to.Before is null ? null : to.Before.State[state] + _frame.Before;
        r->Rate = to.Rate is null ? null : to.Rate.State[state] + _frame.Rate;
        if (absolute.Length > 0)
        {
            K->Absolute = V.All(absolute[state]);
        }

        return directions;
    }
}
