using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Memory of a bundle's sites: [sites] vectors a quantity.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class SitePlanes<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Planes = 22;
    private readonly AlignedMemory _memory;
    private int _taken;

    /// <summary>Planes of <paramref name="sites"/> vectors.</summary>
    public SitePlanes(int sites)
    {
        Sites = sites;
        _memory = new AlignedMemory((long)Planes * sites * sizeof(V));
        Channels = Take();
        Open = Take();
        Inactivated = Take();
        Countdown = Take();
        Draw = Take();
        NextOpen = Take();
        NextInactivated = Take();
        NextCountdown = Take();
        NextDraw = Take();
        Junction = Take();
        Released = Take();
        NextJunction = Take();
        NextReleased = Take();
        G = Take();
        J = Take();
        JByT = Take();
        InvT = Take();
        RT = Take();
        K1T = Take();
        K1R = Take();
        Diagonal = Take();
        Source = Take();
    }

    /// <summary>Number of sites.</summary>
    public int Sites { get; }

    /// <summary>Channels of the site, how many are open and inactivated; what is left of the Exp(1) countdown; draws used.</summary>
    public V* Channels { get; }

    public V* Open { get; }

    public V* Inactivated { get; }

    public V* Countdown { get; }

    public V* Draw { get; }

    /// <summary>The same at the end of the step being tried.</summary>
    public V* NextOpen { get; }

    public V* NextInactivated { get; }

    public V* NextCountdown { get; }

    public V* NextDraw { get; }

    /// <summary>Total calcium of the junction, µM; calcium released so far, µM µm³.</summary>
    public V* Junction { get; }

    public V* Released { get; }

    public V* NextJunction { get; }

    public V* NextReleased { get; }

    /// <summary>Mean conductance over the step, µm³/s; free junctional calcium j, µM; ∂j/∂T; 1/(1 + γdt(g_r+G)j′/V_j); stage right-hand side.</summary>
    public V* G { get; }

    public V* J { get; }

    public V* JByT { get; }

    public V* InvT { get; }

    public V* RT { get; }

    /// <summary>First stage of junction and release; what a site adds to its cell's diagonal and right-hand side.</summary>
    public V* K1T { get; }

    public V* K1R { get; }

    public V* Diagonal { get; }

    public V* Source { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private V* Take() => (V*)_memory.Start + ((long)_taken++ * Sites);
}
