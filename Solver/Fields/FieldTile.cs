using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>The scratch memory of one tile (it stays in L1), and the passes over it that concern flows and gates.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldTile<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;
    private readonly FieldLayout _layout;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly FluxSet<V> _fluxes;
    private readonly AlignedMemory _run = new(sizeof(CellRun<V>)), _scratch;
    private readonly FluxPlanes<V> _to;
    private readonly PoolFlow[] _calcium;
    private readonly bool _isOneFlow;
    private readonly int _sideOfCalcium;

    /// <summary>Scratch for a model.</summary>
    public FieldTile(FieldLayout layout, FieldMemory<V> memory, FieldRates<V> rates, FluxSet<V> fluxes)
    {
        (_layout, _memory, _rates, _fluxes) = (layout, memory, rates, fluxes);
        int flows = fluxes.Flows.Count, gates = fluxes.Gates;
        _scratch = new AlignedMemory((long)(memory.Variables + (3 * flows) + (2 * gates) + 5) * Tile * sizeof(V));
        V* next = (V*)_scratch.Start + (memory.Variables * Tile);
        _to = new FluxPlanes<V>
        {
            J = next,
            ByInto = next + (flows * Tile),
            ByFrom = next + (2 * flows * Tile),
            Gain = next + (3 * flows * Tile),
            Loss = next + (((3 * flows) + gates) * Tile),
            Stride = Tile,
        };
        next += ((3 * flows) + (2 * gates)) * Tile;
        Zero = next + (4 * Tile);
        Flows = new FieldFlows(layout, fluxes.Flows);
        _calcium = Flows.Calcium;
        _isOneFlow = _calcium.Length == 1 && _calcium[0].CalciumSlope == 1 && layout.Medium.Pools[layout.Calcium].Free < 0;
        _sideOfCalcium = Math.Max(0, layout.SidePlaneOf(layout.Calcium)) * Tile;
        *Run = new CellRun<V>
        {
            D = (V*)_scratch.Start,
            F = _calcium.Length == 0 ? Zero : _isOneFlow ? FlowOf(_calcium[0].Flow) : next,
            ByC = _calcium.Length == 0 ? Zero : _isOneFlow ? Slope(_calcium[0].Flow, 1) : next + Tile,
            Diag = layout.Stationary.Count == 0 ? Zero : next + (2 * Tile),
            Rhs = layout.Stationary.Count == 0 ? Zero : next + (3 * Tile),
            TrailLength = memory.TrailLength,
            S = rates.S,
            SD = rates.SD,
            On = rates.On,
            Off = rates.Off,
            Total = rates.Total,
            Norm = rates.Norm,
            Tolerance = rates.Tolerance,
        };
    }

    /// <summary>The tile.</summary>
    public CellRun<V>* Run => (CellRun<V>*)_run.Start;

    /// <summary>The flows by pool.</summary>
    public FieldFlows Flows { get; }

    /// <summary>A plane of zeros.</summary>
    public V* Zero { get; }

    /// <summary>A flow in the tile, µM/s [tile].</summary>
    public V* FlowOf(int flow) => _to.J + (flow * Tile);

    /// <summary>A slope of a flow: 1 by into, −1 by from, 0 none.</summary>
    public V* Slope(int flow, int by) => by == 0 ? Zero : (by > 0 ? _to.ByInto : _to.ByFrom) + (flow * Tile);

    /// <summary>Binds the flux passes to a slot of the ring.</summary>
    public FluxBinding<V> Bind(int slot)
    {
        int pools = _layout.Medium.Pools.Count;
        byte** planes = stackalloc byte*[pools + _fluxes.Gates];
        for (int p = 0; p < pools; p++)
        {
            planes[p] = (byte*)(_layout.SidePlaneOf(p) >= 0
                ? _memory.Side + (_layout.SidePlaneOf(p) * Tile)
                : _memory.Slot(slot) + (_layout.VariableOf(p) * Tile));
        }

        for (int g = 0; g < _fluxes.Gates; g++)
        {
            planes[pools + g] = (byte*)(_memory.Slot(slot) + ((_layout.FirstGate + g) * Tile));
        }

        return _fluxes.Bind(planes, _to);
    }

    /// <summary>Turns to a tile of the slot being written.</summary>
    public void Point(int tile)
    {
        long at = (long)tile * _memory.BlockLength;
        CellRun<V>* run = Run;
        run->Y = _memory.Target + at;
        run->Side = _memory.Side + at + _sideOfCalcium;
        run->Trail = _memory.TrailOf(tile * Tile);
        run->N = Math.Min(Tile, _memory.Cells - (tile * Tile));
    }

    /// <summary>Flow into calcium with its slope, where it is not one flow alone.</summary>
    public void SumFlows(CellRun<V>* run)
    {
        for (int i = 0; i < _calcium.Length && !_isOneFlow; i++)
        {
            PoolFlow flow = _calcium[i];
            V* share = _rates.Share + (_layout.Calcium * _rates.Flows) + flow.Flow;
            ScatterPass<V>.Run(share, FlowOf(flow.Flow), Slope(flow.Flow, flow.CalciumSlope), run->F, run->ByC, run->N, add: i > 0);
        }
    }

    /// <summary>Advances the gates.</summary>
    public void Gates(CellRun<V>* run)
    {
        for (int g = 0; g < _fluxes.Gates; g++)
        {
            GatePass<V>.Run(run, _layout.FirstGate + g, _to.Gain + (g * Tile), _to.Loss + (g * Tile));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _scratch.Dispose();
    }
}
