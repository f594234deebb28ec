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
    private readonly List<(int Flow, double Factor)>[] _sums;
    private readonly int[][] _states;
    private readonly RowPass<V>?[] _passes;
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
        _operands = new AlignedMemory(sizeof(Combination<V>) + ((1 + _medium.Kinetic.Length) * sizeof(PlaneRow)));
        _pointers = new AlignedMemory((pools + gates) * sizeof(byte*));
        _sums = Sums();
        _states = [.. Enumerable.Range(0, pools).Select(p => (int[])[p, .. _medium.Kinetic.Where(b => b.Pool == p).Select(b => b.State)])];
        _passes = new RowPass<V>?[Combination<V>.Choices * pools];
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

    /// <summary>A pool and its buffers.</summary>
    private PlaneRow* Rows => (PlaneRow*)(_operands.Start + sizeof(Combination<V>));

    /// <summary>Sets error and smallest value back.</summary>
    public void Forget()
    {
        K->Error = V.All(0);
        K->Lowest = V.All(double.MaxValue);
    }

    /// <summary>Sets the relative tolerance.</summary>
    public void Demand(double relative) => K->Relative = V.All(relative);

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
        where C : struct, ICombine<C, V>
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
        where C : struct, ICombine<C, V>
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
        for (int p = 0; p < pools; p++)
        {
            int[] states = _states[p];
            for (int i = 0; i < states.Length; i++)
            {
                Address(Rows + i, states[i], last, to, absolute);
            }

            Rows->Flow = Flow(p, n, out Rows->PerFlow);
            Rows->Free = TileRow(_free + p);
            Rows->Scale = _medium.Share[p];
            Pass<C>(p).Run(Rows, K, n);
        }

        for (int g = 0; g < _medium.Gates; g++)
        {
            Address(Rows, pools + g, last, to, absolute);
            GatePass<V, C>.Run(Rows, K, n, TileRow(_gain + g), TileRow(_loss + g));
        }
    }

    private RowPass<V> Pass<C>(int pool)
        where C : struct, ICombine<C, V> =>
        _passes[(C.Number * _medium.Pools) + pool] ??= RowPass<V>.Of(
            typeof(C), _rows.Mesh.Dimensions, _rows.IsMasked, [.. _states[pool].Skip(1).Select(s => _medium.Diffusion[s] > 0)]);

    /// <summary>What the mechanisms do to a pool, µM/s: what flows in, less what flows out times the ratio of volumes.</summary>
    private double* Flow(int pool, int n, out double times)
    {
        List<(int Flow, double Factor)> flows = _sums[pool];
        if (flows.Count == 1)
        {
            times = flows[0].Factor;
            return TileRow(_flow + flows[0].Flow);
        }

        double* sum = TileRow(_rate + pool);
        new Span<double>(sum, n).Clear();
        foreach (var (flow, factor) in flows)
        {
            double* from = TileRow(_flow + flow);
            V share = V.All(factor);
            for (int i = 0; i < n; i += V.Count)
            {
                *(V*)(sum + i) = V.Fma(share, *(V*)(from + i), *(V*)(sum + i));
            }
        }

        times = 1;
        return sum;
    }

    private List<(int Flow, double Factor)>[] Sums()
    {
        List<(int, double)>[] sums = [.. Enumerable.Range(0, _medium.Pools).Select(_ => new List<(int, double)>())];
        for (int f = 0; f < _fluxes.Flows.Count; f++)
        {
            var (into, from) = _fluxes.Flows[f];
            sums[into].Add((f, 1));
            if (from >= 0)
            {
                sums[from].Add((f, -(_medium.VolumeRatio(into) / _medium.VolumeRatio(from))));
            }
        }

        return sums;
    }

    private void Address(PlaneRow* r, int state, PlaneSet last, in RowOperands to, ReadOnlySpan<double> absolute)
    {
        _rows.Address(r, _frame, state, last);
        r->Last = last.State[state] + _frame.Last;
        r->Out = to.Out.State[state] + _frame.Out;
        r->Start = to.Start is null ? null : to.Start.State[state] + _frame.Start;
        r->Before = to.Before is null ? null : to.Before.State[state] + _frame.Before;
        r->Rate = to.Rate is null ? null : to.Rate.State[state] + _frame.Rate;
        r->IsStreamed = to.IsStreamed;
        r->Ahead = last.IsLarge ? _rows.Mesh.Stride : 0;
        r->Absolute = absolute.Length > 0 ? absolute[state] : 0;
        if (state >= _medium.FirstBound)
        {
            ref readonly KineticBuffer b = ref _medium.Kinetic[state - _medium.FirstBound];
            (r->On, r->Off, r->Total) = (b.On, b.Off, b.Total);
        }
    }
}
