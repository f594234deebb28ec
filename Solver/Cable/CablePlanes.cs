using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// Memory of a bundle's fields: a plane per quantity, [cells] vectors each, in one aligned block. Concentrations µM,
/// derivatives µM/s; store per store volume, all else per cytosol volume.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CablePlanes<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Planes = 33;
    private readonly AlignedMemory _memory;
    private int _taken;

    /// <summary>Planes of <paramref name="cells"/> vectors.</summary>
    public CablePlanes(int cells)
    {
        Cells = cells;
        _memory = new AlignedMemory((long)Planes * cells * sizeof(V));
        C = Take();
        S = Take();
        M = Take();
        E = Take();
        NextC = Take();
        NextS = Take();
        NextM = Take();
        NextE = Take();
        StageC = Take();
        StageE = Take();
        J = Take();
        JByC = Take();
        JByCAtStage = Take();
        RC = Take();
        RS = Take();
        RM = Take();
        Inv11 = Take();
        Inv12 = Take();
        Inv21 = Take();
        Inv22 = Take();
        GC = Take();
        GM = Take();
        GE = Take();
        InvE = Take();
        InvS = Take();
        K1C = Take();
        K1S = Take();
        K1M = Take();
        K1E = Take();
    }

    /// <summary>Cells of the cable.</summary>
    public int Cells { get; }

    /// <summary>The state: free calcium, bound to the stationary and to the mobile buffer, store.</summary>
    public V* C { get; }

    public V* S { get; }

    public V* M { get; }

    public V* E { get; }

    /// <summary>The state that the step would lead to.</summary>
    public V* NextC { get; }

    public V* NextS { get; }

    public V* NextM { get; }

    public V* NextE { get; }

    /// <summary>Free calcium and store at the second stage.</summary>
    public V* StageC { get; }

    public V* StageE { get; }

    /// <summary>Flow of all mechanisms into the cytosol from the store and its slope.</summary>
    public V* J { get; }

    public V* JByC { get; }

    /// <summary>The slope at the second stage: not used, because A is that of the step's start in both stages.</summary>
    public V* JByCAtStage { get; }

    /// <summary>Right-hand sides without the sites.</summary>
    public V* RC { get; }

    public V* RS { get; }

    public V* RM { get; }

    /// <summary>Inverse pivots of the 2×2 block-tridiagonal system.</summary>
    public V* Inv11 { get; }

    public V* Inv12 { get; }

    public V* Inv21 { get; }

    public V* Inv22 { get; }

    /// <summary>Eliminated right-hand sides; inverse pivots of the store and of the stationary buffer.</summary>
    public V* GC { get; }

    public V* GM { get; }

    public V* GE { get; }

    public V* InvE { get; }

    public V* InvS { get; }

    /// <summary>The first stage.</summary>
    public V* K1C { get; }

    public V* K1S { get; }

    public V* K1M { get; }

    public V* K1E { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private V* Take() => (V*)_memory.Start + ((long)_taken++ * Cells);
}
