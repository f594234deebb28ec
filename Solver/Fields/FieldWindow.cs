using System.Numerics;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// The part of the cable that each lane computes: from x = 0 to its wall, whole tiles. Nothing passes a wall, and what is beyond is as the
/// last cell before it: the start was uniform there, and the wall moves on before a front comes near. A lane's wall depends
/// on that lane alone; where neighbours compute farther, what they leave in its memory is overwritten when the wall moves.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldWindow<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile, Block = 2, NormLength = 4;
    private const double Quiet = 1e-12, GuardLengths = 3;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly int[] _walls = new int[V.Count];
    private readonly uint[] _at;
    private readonly AlignedMemory _vectors = new((NormLength + 3) * sizeof(V));

    /// <summary>Walls in a _memory.</summary>
    /// <param name="memory">The _memory.</param>
    /// <param name="rates">The constants of its lanes.</param>
    /// <param name="edge">Weight of a cell's own value in its diffusion at an end.</param>
    public FieldWindow(FieldMemory<V> memory, FieldRates<V> rates, double edge)
    {
        (_memory, _rates, _at) = (memory, rates, new uint[memory.Tiles + 1]);
        (*Inner, *Edge) = (V.All(2), V.All(edge));
    }

    /// <summary>Tiles that some lane computes.</summary>
    public int Tiles { get; private set; }

    /// <summary>Weight of a cell's own value in its diffusion: between two neighbours.</summary>
    public V* Inner => (V*)_vectors.Start + NormLength;

    /// <summary>The same at an end.</summary>
    public V* Edge => Inner + 1;

    private V* Saved => (V*)_vectors.Start;

    /// <summary>Cells that a lane computes.</summary>
    public int CellsOf(int lane) => Math.Min(_walls[lane] * Tile, _memory.Cells);

    /// <summary>The lanes, one bit each, whose wall is the right end of a tile.</summary>
    public uint WallsAt(int tile) => _at[tile + 1];

    /// <summary>Weight of a cell's own value in its diffusion where some lanes end.</summary>
    public V* AtWall(uint lanes)
    {
        Inner[2] = *Inner;
        Blend(lanes, Edge, Inner + 2);
        return Inner + 2;
    }

    /// <summary>The cell that stands for a cell: itself, or the last one before the wall.</summary>
    public int Stand(int cell, int lane) => Math.Min(cell, CellsOf(lane) - 1);

    /// <summary>Sets the wall of a lane that starts.</summary>
    /// <param name="lane">Lane.</param>
    /// <param name="uniformFrom">First cell from which on all are alike; the number of cells if none is.</param>
    public void Open(int lane, int uniformFrom) => Move(lane, uniformFrom >= _memory.Cells ? _memory.Tiles : ((uniformFrom / (Block * Tile)) + 2) * Block);

    /// <summary>No wall: the lane is idle.</summary>
    public void Close(int lane) => Move(lane, 0);

    /// <summary>
    /// Moves the wall of a lane on while the cells in front of it are not alike: over at least a tile, and over three times the distance
    /// that calcium diffuses in a step, past which a step's reach has fallen twentyfold.
    /// </summary>
    public void Follow(int lane)
    {
        if (_walls[lane] == _memory.Tiles)
        {
            return;
        }

        double reach = Math.Sqrt(((double*)_rates.S)[lane] * ((double*)_rates.Diffusion)[lane]);
        int guard = 1 + (int)Math.Min(GuardLengths / Tile * reach, _memory.Tiles);
        while (_walls[lane] < _memory.Tiles && !IsQuiet(lane, guard))
        {
            int last = CellsOf(lane) - 1;
            Move(lane, _walls[lane] + Math.Max(Block, guard));
            _memory.RepeatLane(lane, last, CellsOf(lane));
        }
    }

    /// <summary>Remembers the largest errors and smallest values of lanes whose wall was reached: what is beyond does not count.</summary>
    public void Freeze(uint lanes) => Copy(lanes, _rates.Norm, Saved);

    /// <summary>Takes them up again.</summary>
    public void Thaw(uint lanes) => Copy(lanes, Saved, _rates.Norm);

    /// <summary>Takes them up again in all lanes.</summary>
    public void Thaw() => Thaw(uint.MaxValue >> (32 - V.Count));

    /// <summary>Nothing comes from beyond the walls at a tile's right end.</summary>
    public void Seal(uint lanes, V* trail)
    {
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            for (int i = 0; i < _memory.TrailLength; i++)
            {
                ((double*)(trail + i))[lane] = 0;
            }
        }
    }

    /// <summary>Copies some lanes of a vector.</summary>
    public static void Blend(uint lanes, V* from, V* to)
    {
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            ((double*)to)[lane] = ((double*)from)[lane];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();

    private static void Copy(uint lanes, V* from, V* to)
    {
        for (int i = 0; i < NormLength; i++)
        {
            Blend(lanes, from + i, to + i);
        }
    }

    private void Move(int lane, int wall)
    {
        _at[_walls[lane]] &= ~(1u << lane);
        _walls[lane] = Math.Min(wall, _memory.Tiles);
        _at[_walls[lane]] |= 1u << lane;
        Tiles = 0;
        foreach (int other in _walls)
        {
            Tiles = Math.Max(Tiles, other);
        }
    }

    private bool IsQuiet(int lane, int guard)
    {
        int last = CellsOf(lane) - 1, before = last - (guard * Tile);
        double* tail = (double*)(_memory.SlotOfAge(1) + _memory.IndexOf(0, last)) + lane, near = tail - ((last - before) / Tile * _memory.BlockLength * V.Count);
        for (int v = 0; v < _memory.Variables; v++, tail += Tile * V.Count, near += Tile * V.Count)
        {
            if (before < 0 || !(Math.Abs(*near - *tail) <= Quiet * Math.Abs(*tail)))
            {
                return false;
            }
        }

        return true;
    }
}
