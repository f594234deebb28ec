using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// What a tile sees beyond its first and last cell: the neighbouring tile's predicted values, or what the boundary says.
/// Knows the slots of the step.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldEnds<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile, SideGroup = 4;
    private readonly FieldLayout _layout;
    private readonly Boundary _boundary;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly RapidPool<V>?[] _rapid;
    private readonly int[] _poolOf, _sidePlane;
    private readonly AlignedMemory _ghosts, _list, _slots = new(StepHistory.Slots * sizeof(V*));
    private readonly Seam<V>? _seam;
    private readonly int _variables, _diffusingCount;
    private readonly int* _diffusing;
    private readonly bool _hasRapid;
    private bool _isFirst;
    private V* _previous;   // block of the tile before

    /// <summary>Ends of a cable.</summary>
    public FieldEnds(FieldLayout layout, Boundary boundary, FieldMemory<V> memory, FieldRates<V> rates, RapidPool<V>?[] rapid)
    {
        (_layout, _boundary, _memory, _rates, _rapid, _variables) = (layout, boundary, memory, rates, rapid, memory.Variables);
        _poolOf = [.. Enumerable.Range(0, _variables).Select(v => Enumerable.Range(0, rapid.Length).FirstOrDefault(p => rapid[p] is not null && layout.VariableOf(p) == v, -1))];
        _sidePlane = [.. Enumerable.Range(0, rapid.Length).Select(layout.SidePlaneOf)];

        // Left and right values of every variable; left and right of what diffuses, a tile's side group each.
        _ghosts = new AlignedMemory((long)((4 * _variables) + (2 * _variables * SideGroup * Tile)) * sizeof(V));
        int[] diffusing = [.. Enumerable.Range(0, layout.FirstGate).Where(v => v < layout.Block || v >= layout.FirstOneWay)];
        _list = new AlignedMemory((diffusing.Length + 1) * sizeof(int));
        (_diffusingCount, _hasRapid) = (diffusing.Length, rapid.Any(r => r is not null));
        _diffusing = (int*)_list.Start;
        diffusing.CopyTo(new Span<int>(_diffusing, diffusing.Length));
        _seam = boundary == Boundary.Periodic ? new Seam<V>(memory, rates, layout.Block) : null;
    }

    /// <summary>True if the ends are joined.</summary>
    public bool IsPeriodic => _seam is not null;

    /// <summary>Slot of each age, from 1 on.</summary>
    public V** Slots => (V**)_slots.Start;

    private V* LeftGhost => (V*)_ghosts.Start;

    private V* RightGhost => LeftGhost + _variables;

    private V* Unused => RightGhost + _variables;

    /// <summary>Before the first tile.</summary>
    public void Begin()
    {
        for (int age = 1; age < StepHistory.Slots; age++)
        {
            Slots[age - 1] = _memory.SlotOfAge(age);
        }
    }

    /// <summary>What diffuses of a variable left of the tile.</summary>
    public V* SideLeft(int variable) => _isFirst ? Group(variable, 0) + (2 * Tile) : PreviousSide(variable);

    /// <summary>What diffuses of a variable right of the tile.</summary>
    public V* SideRight(int variable) => Group(variable, 1) + (2 * Tile);

    /// <summary>Sets the neighbours of a tile whose predicted values are there.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="tile">Its number.</param>
    /// <param name="isLast">True if no lane goes on beyond it.</param>
    /// <param name="walls">The lanes that end with it.</param>
    public void Enter(CellRun<V>* run, int tile, bool isLast, uint walls)
    {
        _isFirst = tile == 0;
        _previous = run->Y - _memory.BlockLength;
        if (!isLast)
        {
            PredictPass<V>.Cell(Slots, (tile + 1L) * _memory.BlockLength, _diffusing, _diffusingCount, _rates.P, RightGhost);
            for (int k = 0; walls != 0 && k < _diffusingCount; k++)
            {
                FieldWindow<V>.Blend(walls, run->Y + (_diffusing[k] * Tile) + run->N - 1, RightGhost + _diffusing[k]);
            }
        }

        if (_isFirst || isLast || _hasRapid)
        {
            for (int k = 0; k < _diffusingCount; k++)
            {
                Set(run, _diffusing[k], isLast);
            }
        }

        run->Left = _isFirst ? LeftGhost : _previous + Tile - 1;
        run->LeftStride = _isFirst ? 1 : Tile;
        run->Right = RightGhost;
        run->SideLeft = SideLeft(0);
        run->SideRight = SideRight(0);
    }

    /// <summary>Joins the ends in the block of calcium.</summary>
    public void JoinBlock(BlockKernel<V> block, CellRun<V>* run) => _seam!.JoinBlock(block, run, _rapid[_layout.Calcium] is not null);

    /// <summary>Joins the ends of another pool.</summary>
    public void JoinPool(int variable, int trail, bool isVarying, PivotRow<V> pivots) => _seam!.JoinPool(variable, trail, isVarying, pivots);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ghosts.Dispose();
        _list.Dispose();
        _slots.Dispose();
        _seam?.Dispose();
    }

    private void Set(CellRun<V>* run, int v, bool isLast)
    {
        if (isLast)
        {
            RightGhost[v] = Beyond(v, run->Y[(v * Tile) + run->N - 1], 0);
        }

        if (_isFirst)
        {
            LeftGhost[v] = Beyond(v, run->Y[v * Tile], _memory.Cells - 1);
        }

        if (_poolOf[v] >= 0)
        {
            SetSide(run, v, isLast);
        }
    }

    private void SetSide(CellRun<V>* run, int v, bool isLast)
    {
        RapidPool<V> rapid = _rapid[_poolOf[v]]!;
        V* own = _memory.Side + (run->Y - _memory.Target) + (_sidePlane[_poolOf[v]] * Tile) + (2 * Tile);
        Side(rapid, RightGhost[v], Group(v, 1), isLast, own[run->N - 1], v);
        if (_isFirst)
        {
            Side(rapid, LeftGhost[v], Group(v, 0), true, own[0], v);
        }
    }

    /// <summary>What diffuses beyond an end: of the ghost's total, or mirrored at what is held.</summary>
    private void Side(RapidPool<V> rapid, V total, V* group, bool isEnd, V own, int v)
    {
        if (isEnd && _boundary == Boundary.Clamped)
        {
            total = _rates.Rest[v];
        }

        rapid.Free(&total, group, 1);
        rapid.Derive(group, 1);
        if (isEnd && _boundary == Boundary.Clamped)
        {
            group[2 * Tile] = (2 * group[2 * Tile]) - own;
        }
    }

    /// <summary>A value beyond an end: the cell's own, that of the other end, or its mirror image at the value held.</summary>
    private V Beyond(int v, V own, int otherEnd)
    {
        V value = own;
        if (_boundary == Boundary.Clamped)
        {
            value = (2 * _rates.Rest[v]) - own;
        }
        else if (_boundary == Boundary.Periodic)
        {
            PredictPass<V>.Cell(Slots, _memory.IndexOf(0, otherEnd), &v, 1, _rates.P, &value - v);
        }

        return value;
    }

    private V* Group(int variable, int side) => LeftGhost + (4 * _variables) + (((2 * variable) + side) * SideGroup * Tile);

    private V* PreviousSide(int variable) =>
        _poolOf[variable] < 0
            ? Unused
            : _memory.Side + (_previous - _memory.Target) + (_sidePlane[_poolOf[variable]] * Tile) + (3 * Tile) - 1;
}
