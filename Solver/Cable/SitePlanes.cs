using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Memory of a bundle's sites: [sites] vectors a quantity.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class SitePlanes<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Planes = 23, StatePlanes = 6;
    private readonly AlignedMemory _memory;
    private readonly int _cellsPerSite;
    private V* _now, _next;
    private int _taken;

    /// <summary>Planes of <paramref name="sites"/> vectors.</summary>
    public SitePlanes(int sites, int cellsPerSite)
    {
        Sites = sites;
        _cellsPerSite = cellsPerSite;
        _memory = new AlignedMemory((long)Planes * sites * sizeof(V));
        _now = Take(StatePlanes);
        _next = Take(StatePlanes);
        Channels = Take();
        G = Take();
        J = Take();
        JByT = Take();
        InvT = Take();
        RT = Take();
        KT = Take();
        KR = Take();
        Diagonal = Take();
        Coupling = Take();
        Source = Take();
    }

    /// <summary>Number of sites.</summary>
    public int Sites { get; }

    /// <summary>Cell of a site.</summary>
    public int CellOf(int site) => (site * _cellsPerSite) + ((_cellsPerSite - 1) / 2);

    /// <summary>Channels of the site.</summary>
    public V* Channels { get; }

    /// <summary>
    /// The state: how many channels are open and inactivated, what is left of the countdown to the next candidate event,
    /// draws used, total calcium of the junction, µM, calcium released so far, µM µm³; one plane after the other.
    /// </summary>
    public V* Open => _now;

    public V* Inactivated => _now + Sites;

    public V* Countdown => _now + (2 * Sites);

    public V* Draw => _now + (3 * Sites);

    public V* Junction => _now + (4 * Sites);

    public V* Released => _now + (5 * Sites);

    /// <summary>The same at the end of the step being tried.</summary>
    public V* NextOpen => _next;

    public V* NextInactivated => _next + Sites;

    public V* NextCountdown => _next + (2 * Sites);

    public V* NextDraw => _next + (3 * Sites);

    public V* NextJunction => _next + (4 * Sites);

    public V* NextReleased => _next + (5 * Sites);

    /// <summary>Mean conductance over the step, µm³/s; free junctional calcium j, µM; ∂j/∂T; 1/(1 + γdt(g_r+G)j′/V_j); derivative of T.</summary>
    public V* G { get; }

    public V* J { get; }

    public V* JByT { get; }

    public V* InvT { get; }

    public V* RT { get; }

    /// <summary>First solution of junction and release; what a site adds to its cell's diagonal and right-hand sides.</summary>
    public V* KT { get; }

    public V* KR { get; }

    public V* Diagonal { get; }

    public V* Coupling { get; }

    public V* Source { get; }

    /// <summary>Puts the old state back in the lanes where <paramref name="accepted"/> is 0 (not 1), into the new one.</summary>
    public void Withdraw(V accepted)
    {
        V half = V.All(0.5);
        for (int i = 0; i < StatePlanes * Sites; i++)
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
        V* taken = (V*)_memory.Start + ((long)_taken * Sites);
        _taken += planes;
        return taken;
    }
}
