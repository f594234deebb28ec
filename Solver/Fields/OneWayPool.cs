using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>A diffusing pool that is solved after calcium.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class OneWayPool<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly FieldTile<V> _tile;
    private readonly PoolFlow[] _flows;
    private readonly V* _shares;
    private readonly int _variable, _trail, _correction, _sidePlane;
    private readonly bool _isRapid, _isVarying, _isOneFlow, _isCalcium;
    private readonly FieldWindow<V> _window;
    private readonly PivotRow<V> _pivots;

    /// <summary>The pool with a number among them.</summary>
    public OneWayPool(
        FieldLayout layout, int number, FieldMemory<V> memory, FieldRates<V> rates, FieldWindow<V> window, FieldTile<V> tile, int trail,
        int correction, bool isRapid)
    {
        (_memory, _rates, _window, _tile, _trail, _correction, _isRapid) = (memory, rates, window, tile, trail, correction, isRapid);
        int pool = layout.OneWay[number];
        (_variable, _sidePlane) = (layout.FirstOneWay + number, layout.SidePlaneOf(pool));
        _flows = tile.Flows.OneWay[number];
        _isCalcium = layout.Medium.Pools[pool].IsCalcium;
        _shares = rates.Share + (pool * rates.Flows);
        _isVarying = isRapid || _flows.Any(f => f.OwnSlope != 0);
        _isOneFlow = !_isVarying && _flows.Length == 1;
        _pivots = new PivotRow<V>(memory);
    }

    /// <summary>What depends on the step only.</summary>
    public void Prepare()
    {
        if (!_isVarying)
        {
            _pivots.Set(_rates.SD[_variable], *_window.Edge, _window);
        }
    }

    /// <summary>Right-hand side and slopes of a tile, while its flows are there.</summary>
    public void Start(CellRun<V>* run, FieldEnds<V> ends)
    {
        V* left = run->Left + (_variable * run->LeftStride), right = run->Right + _variable;
        if (_isOneFlow)
        {
            PoolFlow flow = _flows[0];
            OneWayPass<V>.StartWithFlow(
                run, _variable, left, right, _shares + flow.Flow, _tile.FlowOf(flow.Flow), _tile.Slope(flow.Flow, flow.CalciumSlope), _trail);
            return;
        }

        V* what = _isRapid ? SideOf(run) + (2 * Tile) : run->Y + (_variable * Tile);
        OneWayPass<V>.Start(
            run, _variable, what, _isRapid ? ends.SideLeft(_variable) : left, _isRapid ? ends.SideRight(_variable) : right,
            _isRapid ? run->S : run->SD + _variable, _trail);
        foreach (PoolFlow flow in _flows)
        {
            OneWayPass<V>.Add(
                run, _shares + flow.Flow, _tile.FlowOf(flow.Flow), _tile.Slope(flow.Flow, flow.CalciumSlope), _tile.Slope(flow.Flow, flow.OwnSlope), _trail);
        }
    }

    /// <summary>Elimination of a tile, right to left, once the corrections of calcium are known.</summary>
    public void Eliminate(CellRun<V>* run, int tile)
    {
        if (!_isVarying)
        {
            OneWayPass<V>.Down(run, _variable, _correction, _trail, _pivots.Of(tile));
            return;
        }

        V* side = _isRapid ? SideOf(run) : null;
        uint walls = _window.WallsAt(tile);
        int from = tile == 0 ? 1 : 0, to = walls != 0 ? run->N - 1 : run->N;
        if (to < run->N)
        {
            OneWayPass<V>.DownVarying(run, _variable, _correction, _trail, side, to, run->N, _window.AtWall(walls));
        }

        OneWayPass<V>.DownVarying(run, _variable, _correction, _trail, side, from, to, _window.Inner);
        if (from > 0)
        {
            OneWayPass<V>.DownVarying(run, _variable, _correction, _trail, side, 0, from, _window.Edge);
        }
    }

    /// <summary>Back substitution, left to right, and the new values.</summary>
    public void Finish(FieldEnds<V> ends)
    {
        CellRun<V>* run = _tile.Run;
        for (int tile = 0; tile < _window.Tiles; tile++)
        {
            _tile.Point(tile);
            if (_isVarying)
            {
                OneWayPass<V>.UpVarying(run, _trail);
            }
            else
            {
                OneWayPass<V>.Up(run, _variable, _trail, _pivots.Of(tile));
            }

            if (!ends.IsPeriodic)
            {
                Take(run);
                _window.Freeze(_window.WallsAt(tile));
            }
        }

        if (ends.IsPeriodic)
        {
            ends.JoinPool(_variable, _trail, _isVarying, _pivots);
            for (int tile = 0; tile < _window.Tiles; tile++)
            {
                _tile.Point(tile);
                Take(run);
                _window.Freeze(_window.WallsAt(tile));
            }
        }

        _window.Thaw();
    }

    /// <summary>Correction of a lane at its far end.</summary>
    public double Last(int lane) => ((double*)(_memory.TrailOf(_window.CellsOf(lane) - 1) + _trail))[lane];

    /// <inheritdoc/>
    public void Dispose() => _pivots.Dispose();

    private void Take(CellRun<V>* run)
    {
        if (_isRapid)
        {
            TakePass<V>.RapidPool(run, _variable, _trail, SideOf(run));
        }
        else if (_isCalcium)
        {
            TakePass<V>.Bound(run, _variable, _trail);  // its error is that of the calcium it exchanges
        }
        else
        {
            TakePass<V>.Pool(run, _variable, _trail);
        }
    }

    private V* SideOf(CellRun<V>* run) =>
        _memory.Side + (run->Y - _memory.Target) + (_sidePlane * Tile);
}
