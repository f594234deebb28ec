using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Memory of a bundle's fields. A slot holds all variables at one time: a block per tile, in it a plane of
/// <see cref="Tile"/> cells per variable, so that what a tile needs is contiguous. Slots form a ring.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldMemory<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    /// <summary>Cells of a tile.</summary>
    public const int Tile = 16;

    private readonly AlignedMemory _slots, _side, _trail;

    /// <summary>Memory for some cells.</summary>
    /// <param name="cells">Cells.</param>
    /// <param name="variables">Variables of a cell.</param>
    /// <param name="sidePlanes">Planes that have no history: clamped pools and what follows from instantaneous buffers.</param>
    /// <param name="trailLength">Vectors that the elimination keeps of a cell.</param>
    public FieldMemory(int cells, int variables, int sidePlanes, int trailLength)
    {
        (Cells, Variables, TrailLength) = (cells, variables, trailLength);
        Tiles = (cells + Tile - 1) / Tile;
        BlockLength = Math.Max(variables, sidePlanes) * Tile;
        _slots = new AlignedMemory(StepHistory.Slots * SlotLength * sizeof(V));
        _side = new AlignedMemory(SlotLength * sizeof(V));
        _trail = new AlignedMemory(((long)cells + 2) * trailLength * sizeof(V));
    }

    /// <summary>Cells.</summary>
    public int Cells { get; }

    /// <summary>Variables of a cell.</summary>
    public int Variables { get; }

    /// <summary>Tiles.</summary>
    public int Tiles { get; }

    /// <summary>Vectors of a block.</summary>
    public int BlockLength { get; }

    /// <summary>Vectors of the trail of a cell.</summary>
    public int TrailLength { get; }

    /// <summary>Vectors of a slot.</summary>
    public long SlotLength => (long)Tiles * BlockLength;

    /// <summary>Number of the slot that holds the newest state.</summary>
    public int Newest { get; set; }

    /// <summary>Planes without a history, laid out as a slot.</summary>
    public V* Side => (V*)_side.Start;

    /// <summary>Trail of a cell; −1 and the number of cells are there too, and zero.</summary>
    public V* TrailOf(int cell) => (V*)_trail.Start + ((cell + 1L) * TrailLength);

    /// <summary>The slot of an age: 1 is the newest, 0 the one that the next step writes.</summary>
    public V* SlotOfAge(int age) => Slot((Newest + 1 - age + StepHistory.Slots) % StepHistory.Slots);

    /// <summary>The slot that the next step writes.</summary>
    public V* Target => Slot(Newest + 1 == StepHistory.Slots ? 0 : Newest + 1);

    /// <summary>A slot by its number.</summary>
    public V* Slot(int number) => (V*)_slots.Start + (number * SlotLength);

    /// <summary>Where a plane has a cell, from the start of a slot.</summary>
    public long IndexOf(int plane, int cell) => ((long)(cell / Tile) * BlockLength) + (plane * Tile) + (cell % Tile);

    /// <summary>One value of the slot of an age.</summary>
    public ref double Value(int age, int variable, int cell, int lane) =>
        ref ((double*)(SlotOfAge(age) + IndexOf(variable, cell)))[lane];

    /// <summary>One value of a plane without a history.</summary>
    public ref double SideValue(int plane, int cell, int lane) => ref ((double*)(Side + IndexOf(plane, cell)))[lane];

    /// <summary>A value at the start: in all slots, because zero times what an earlier simulation left there need not be zero.</summary>
    public void Begin(int variable, int cell, int lane, double value)
    {
        double* at = (double*)((V*)_slots.Start + IndexOf(variable, cell)) + lane;
        for (int slot = 0; slot < StepHistory.Slots; slot++)
        {
            *at = value;
            at += SlotLength * V.Count;
        }
    }

    /// <summary>Copies one lane from the newest slot into the one of age 0, up to a cell.</summary>
    public void KeepLane(int lane, int cells)
    {
        double* from = (double*)SlotOfAge(1) + lane, to = (double*)SlotOfAge(0) + lane;
        long length = (cells + Tile - 1L) / Tile * BlockLength;
        for (long i = 0; i < length; i++)
        {
            to[i * V.Count] = from[i * V.Count];
        }
    }

    /// <summary>Copies one lane of a cell, in all slots, into the cells behind it.</summary>
    public void RepeatLane(int lane, int cell, int end)
    {
        for (int v = 0; v < Variables; v++)
        {
            for (int age = 0; age < StepHistory.Slots; age++)
            {
                double value = Value(age, v, cell, lane);
                for (int i = cell + 1; i < end; i++)
                {
                    Value(age, v, i, lane) = value;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _side.Dispose();
        _trail.Dispose();
    }
}
