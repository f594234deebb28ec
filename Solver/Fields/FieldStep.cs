using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// One step of all fields across lanes: the linearly implicit multistep formula (I − sA) e = ψ − y* + s f(y*). The columns of A
/// that couple calcium, its buffers and the store sum to zero, so that total calcium is conserved to rounding at any step.
/// Tile by tile, in L1: predict → flux passes → gates → eliminate; then back. Each pass is a method of its own (JIT cliff).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;
    private readonly FieldLayout _layout;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly FluxSet<V> _fluxes;
    private readonly FieldTile<V> _tile;
    private readonly BlockKernel<V> _block;
    private readonly OneWayPool<V>[] _oneWay;
    private readonly RapidPool<V>?[] _rapid;
    private readonly FieldEnds<V> _ends;
    private readonly FluxBinding<V>[] _bindings;
    private readonly FieldWindow<V> _window;
    private readonly bool _isFused;

    /// <summary>A stepper over the given memory.</summary>
    public FieldStep(FieldLayout layout, Boundary boundary, FieldMemory<V> memory, FieldRates<V> rates, FieldWindow<V> window, FluxSet<V> fluxes, RapidPool<V>?[] rapid)
    {
        (_layout, _memory, _rates, _window, _fluxes, _rapid) = (layout, memory, rates, window, fluxes, rapid);
        _block = BlockKernel<V>.Of(layout.Block, rapid[layout.Calcium] is not null);
        _isFused = layout.Block == 2 && layout.Stationary.Count == 1 && rapid[layout.Calcium] is null && boundary != Boundary.Periodic;
        _tile = new FieldTile<V>(layout, memory, rates, fluxes);
        _ends = new FieldEnds<V>(layout, boundary, memory, rates, rapid);
        int trail = _block.TrailLength + (2 * layout.Stationary.Count);
        _oneWay =
        [
            .. layout.OneWay.Select((pool, i) => new OneWayPool<V>(
                layout, i, memory, rates, window, _tile, trail + (3 * i), _block.RightSide, rapid[pool] is not null)),
        ];
        _bindings = [.. Enumerable.Range(0, StepHistory.Slots).Select(slot => _tile.Bind(slot))];
    }

    /// <summary>Vectors of a cell's trail.</summary>
    public static int TrailLength(FieldLayout layout) =>
        BlockKernel<V>.Of(layout.Block, isRapid: false).TrailLength + (2 * layout.Stationary.Count) + (3 * layout.OneWay.Count);

    /// <summary>True if the new state of a lane is finite: what is not spreads through both sweeps, so that one cell tells.</summary>
    public bool IsFinite(int lane)
    {
        double* calcium = (double*)(_memory.TrailOf(0) + _block.RightSide);
        bool isFinite = double.IsFinite(calcium[lane]);
        foreach (OneWayPool<V> pool in _oneWay)
        {
            isFinite &= double.IsFinite(pool.Last(lane));
        }

        return isFinite;
    }

    /// <summary>Tries the step whose coefficients stand in the rates; the new state is in the slot of age 0.</summary>
    /// <param name="points">How many slots have weights in some lane.</param>
    public void Try(int points)
    {
        Prepare();
        CellRun<V>* run = _tile.Run;
        FluxBinding<V> binding = _bindings[(_memory.Newest + 1) % StepHistory.Slots];
        _ends.Begin();
        for (int tile = 0; tile < _window.Tiles; tile++)
        {
            Up(run, tile, points, binding);
        }

        for (int tile = _window.Tiles - 1; tile >= 0; tile--)
        {
            _tile.Point(tile);
            if (_window.WallsAt(tile) is var walls and not 0)
            {
                _window.Seal(walls, run->Trail + (run->N * run->TrailLength));
                _window.Thaw(walls);
            }

            if (_isFused)
            {
                Block2Stationary<V>.Down(run);
                EliminateOneWay(run, tile);
                continue;
            }

            _block.Down(run);
            if (!_ends.IsPeriodic)
            {
                Down(run, tile);
            }
        }

        if (_ends.IsPeriodic)
        {
            JoinEnds(run);
        }

        foreach (OneWayPool<V> pool in _oneWay)
        {
            pool.Finish(_ends);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FluxBinding<V> binding in _bindings)
        {
            binding.Dispose();
        }

        foreach (OneWayPool<V> pool in _oneWay)
        {
            pool.Dispose();
        }

        _ends.Dispose();
        _tile.Dispose();
    }

    private void Prepare()
    {
        V s = *_rates.S;
        for (int v = 0; v < _layout.FirstGate; v++)
        {
            _rates.SD[v] = s * _rates.Diffusion[v];
        }

        V* norm = _rates.Norm;
        (norm[0], norm[1], norm[2], norm[3]) = (V.All(0), V.All(1), V.All(0), V.All(double.MaxValue));
        foreach (OneWayPool<V> pool in _oneWay)
        {
            pool.Prepare();
        }
    }

    private void Up(CellRun<V>* run, int tile, int points, FluxBinding<V> binding)
    {
        long at = (long)tile * _memory.BlockLength;
        _tile.Point(tile);
        PredictPass<V>.Run(points, _ends.Slots, at, _memory.Variables * Tile, _rates.P, _rates.Q, run->Y, run->D);
        Derive(run, at);
        uint walls = _window.WallsAt(tile);
        _ends.Enter(run, tile, tile == _window.Tiles - 1, walls);
        _fluxes.Run(binding, (nint)(at * sizeof(V)), 0, run->N);
        _tile.SumFlows(run);
        _tile.Gates(run);
        V* free = _rapid[_layout.Calcium] is null ? run->Y : run->Side;
        for (int k = 0; !_isFused && k < _layout.Stationary.Count; k++)
        {
            StationaryPass<V>.Up(run, _layout.Block + k, free, _block.TrailLength + (2 * k), add: k > 0);
        }

        int first = tile == 0 ? 1 : 0, last = walls != 0 ? run->N - 1 : run->N;
        if (first > 0)
        {
            UpBlock(run, 0, 1, _window.Edge);
        }

        UpBlock(run, first, last, _window.Inner);
        if (last < run->N)
        {
            UpBlock(run, last, run->N, _window.AtWall(walls));
            _window.Freeze(walls);
        }

        foreach (OneWayPool<V> pool in _oneWay)
        {
            pool.Start(run, _ends);
        }
    }

    /// <summary>What follows from the predicted totals of pools with instantaneous buffers.</summary>
    private void Derive(CellRun<V>* run, long at)
    {
        for (int pool = 0; pool < _rapid.Length; pool++)
        {
            if (_rapid[pool] is { } rapid)
            {
                V* side = _memory.Side + at + (_layout.SidePlaneOf(pool) * Tile);
                rapid.Free(run->Y + (_layout.VariableOf(pool) * Tile), side, run->N);
                rapid.Derive(side, run->N);
            }
        }
    }

    /// <summary>All that needs the corrections of calcium only.</summary>
    private void Down(CellRun<V>* run, int tile)
    {
        for (int k = 0; k < _layout.Stationary.Count; k++)
        {
            StationaryPass<V>.Down(run, _layout.Block + k, _block.RightSide, _block.TrailLength + (2 * k));
        }

        EliminateOneWay(run, tile);
        if (_rapid[_layout.Calcium] is null)
        {
            TakePass<V>.Pool(run, 0, _block.RightSide);
        }
        else
        {
            TakePass<V>.RapidPool(run, 0, _block.RightSide, run->Side);
        }

        for (int m = 1; m < _layout.Block; m++)
        {
            TakePass<V>.Bound(run, m, _block.RightSide + m);
        }
    }

    private void UpBlock(CellRun<V>* run, int first, int end, V* neighbours)
    {
        if (_isFused)
        {
            Block2Stationary<V>.Up(run, first, end, neighbours);
        }
        else
        {
            _block.Up(run, first, end, neighbours);
        }
    }

    private void EliminateOneWay(CellRun<V>* run, int tile)
    {
        foreach (OneWayPool<V> pool in _oneWay)
        {
            pool.Eliminate(run, tile);
        }
    }

    private void JoinEnds(CellRun<V>* run)
    {
        _ends.JoinBlock(_block, run);
        for (int tile = _memory.Tiles - 1; tile >= 0; tile--)
        {
            _tile.Point(tile);
            Down(run, tile);
        }
    }
}
