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
    private readonly AlignedMemory _memory;
    private readonly int _statePlanes;
    private V* _now, _next;
    private int _taken;

    /// <summary>Planes of <paramref name="cells"/> vectors.</summary>
    /// <param name="cells">Cells of the cable.</param>
    /// <param name="bound">Planes of the state between free calcium and the store.</param>
    /// <param name="work">Further planes, for <see cref="Take"/>.</param>
    public CablePlanes(int cells, int bound, int work)
    {
        Cells = cells;
        Stride = cells | 1; // planes a power of two apart would fall into the same lines of the cache
        _statePlanes = bound + 2;
        _memory = new AlignedMemory((long)((2 * _statePlanes) + 6 + work) * Stride * sizeof(V));
        _now = Take(_statePlanes);
        _next = Take(_statePlanes);
        J = Take();
        JByC = Take();
        GE = Take();
        InvE = Take();
        KC = Take();
        KE = Take();
    }

    /// <summary>Cells of the cable.</summary>
    public int Cells { get; }

    /// <summary>Vectors from one plane to the next.</summary>
    public int Stride { get; }

    /// <summary>The state: free calcium, what the medium keeps of its buffers, store; one after the other.</summary>
    public V* C => _now;

    public V* Bound => _now + Stride;

    public V* E => _now + ((_statePlanes - 1) * Stride);

    /// <summary>The state that the step would lead to.</summary>
    public V* NextC => _next;

    public V* NextBound => _next + Stride;

    public V* NextE => _next + ((_statePlanes - 1) * Stride);

    /// <summary>Flow of all mechanisms into the cytosol from the store and its slope.</summary>
    public V* J { get; }

    public V* JByC { get; }

    /// <summary>Store: eliminated right-hand side, inverse pivots.</summary>
    public V* GE { get; }

    public V* InvE { get; }

    /// <summary>First solution of free calcium and of the store.</summary>
    public V* KC { get; }

    public V* KE { get; }

    /// <summary>Memory for the next planes, one after the other.</summary>
    public V* Take(int planes = 1)
    {
        V* taken = (V*)_memory.Start + ((long)_taken * Stride);
        _taken += planes;
        return taken;
    }

    /// <summary>Puts the old state back in the lanes where <paramref name="accepted"/> is 0 (not 1), into the new one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Withdraw(V accepted)
    {
        V half = V.All(0.5);
        int n = _statePlanes * Stride;
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
}
