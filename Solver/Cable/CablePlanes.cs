using System.Runtime.CompilerServices;
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
    private const int Planes = 25, StatePlanes = 4;
    private readonly AlignedMemory _memory;
    private V* _now, _next;
    private int _taken;

    /// <summary>Planes of <paramref name="cells"/> vectors.</summary>
    public CablePlanes(int cells)
    {
        Cells = cells;
        Stride = cells | 1; // planes a power of two apart would fall into the same lines of the cache
        _memory = new AlignedMemory((long)Planes * Stride * sizeof(V));
        _now = Take(StatePlanes);
        _next = Take(StatePlanes);
        J = Take();
        JByC = Take();
        Inv11 = Take();
        Inv12 = Take();
        Inv21 = Take();
        Inv22 = Take();
        GC = Take();
        GM = Take();
        GE = Take();
        InvE = Take();
        W = Take();
        P = Take();
        Q = Take();
        KC = Take();
        KS = Take();
        KM = Take();
        KE = Take();
    }

    /// <summary>Cells of the cable.</summary>
    public int Cells { get; }

    /// <summary>Vectors from one plane to the next.</summary>
    public int Stride { get; }

    /// <summary>The state: free calcium, bound to the stationary and to the mobile buffer, store; one after the other.</summary>
    public V* C => _now;

    public V* S => _now + Stride;

    public V* M => _now + (2 * Stride);

    public V* E => _now + (3 * Stride);

    /// <summary>The state that the step would lead to.</summary>
    public V* NextC => _next;

    public V* NextS => _next + Stride;

    public V* NextM => _next + (2 * Stride);

    public V* NextE => _next + (3 * Stride);

    /// <summary>Flow of all mechanisms into the cytosol from the store and its slope.</summary>
    public V* J { get; }

    public V* JByC { get; }

    /// <summary>Inverse pivots of the 2×2 block-tridiagonal system.</summary>
    public V* Inv11 { get; }

    public V* Inv12 { get; }

    public V* Inv21 { get; }

    public V* Inv22 { get; }

    /// <summary>Eliminated right-hand sides; inverse pivots of the store.</summary>
    public V* GC { get; }

    public V* GM { get; }

    public V* GE { get; }

    public V* InvE { get; }

    /// <summary>Stationary buffer eliminated: its solution is P (in the second solve W k) + Q times that of free calcium.</summary>
    public V* W { get; }

    public V* P { get; }

    public V* Q { get; }

    /// <summary>The first solution.</summary>
    public V* KC { get; }

    public V* KS { get; }

    public V* KM { get; }

    public V* KE { get; }

    /// <summary>Puts the old state back in the lanes where <paramref name="accepted"/> is 0 (not 1), into the new one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Withdraw(V accepted)
    {
        V half = V.All(0.5);
        int n = StatePlanes * Stride;
        for (int i = 0; i < n; i++)
        {
            _next[i] = V.Less(half, accepted, _next[i], _now[i]);
        }
    }

    /// <summary>The next state becomes the present one.</summary>
    public void Swap()
    {
        V* past = _now;
        _now = _next;
        _next = past;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private V* Take(int planes = 1)
    {
        V* taken = (V*)_memory.Start + ((long)_taken * Stride);
        _taken += planes;
        return taken;
    }
}
