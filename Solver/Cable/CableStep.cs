using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// One step of the fields, linearly implicit with two solves of one factorised matrix, of second order and L-stable:
/// (I − γ dt A) k = f(y),  (I − γ dt A) l = k,  y⁺ = y + dt (γ k + (1 − γ) l),  γ = 1 − 1/√2. Where f is linear this is the
/// SDIRK method of Alexander (1977, SIAM J Numer Anal 14:1006); what f″ adds is of third order in dt. The difference to
/// the first-order y + dt k is the error estimate.
/// </summary>
/// <remarks>
/// What A leaves out (how free calcium and the junctions depend on the store) is slow, and left out of both rows: every
/// column of A that is kept sums to zero, so total calcium is conserved to rounding at any step. The buffers decide the
/// algebra: <see cref="PairStep{V}"/> for the commonest, <see cref="MediumStep{V}"/> for any.
/// </remarks>
/// <typeparam name="V">The lane type.</typeparam>
internal abstract unsafe class CableStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    /// <summary>γ of the method.</summary>
    public const double Gamma = 0.29289321881345254;

    private readonly AlignedMemory _rates = new(sizeof(CableRates<V>));
    private readonly AlignedMemory _pools = new(2 * sizeof(byte*));
    private readonly FluxSet<V> _fluxes;
    private readonly CableTerms<V> _terms;
    private bool _hasStorePivots;

    /// <summary>A stepper over the given memory.</summary>
    protected CableStep(CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes)
    {
        (Planes, Places, _fluxes) = (planes, sites, fluxes);
        _terms = new CableTerms<V>(planes, sites, Rates);
        CellsPerSite = planes.Cells / sites.Sites;
    }

    /// <summary>The constants, lane by lane.</summary>
    public CableRates<V>* Rates => (CableRates<V>*)_rates.Start;

    /// <summary>Largest error estimate of free calcium at a site over tolerance.</summary>
    public V Error { get; protected set; }

    /// <summary>Smallest concentration of the new state.</summary>
    public V Lowest { get; protected set; }

    /// <summary>The fields.</summary>
    protected CablePlanes<V> Planes { get; }

    /// <summary>The sites.</summary>
    protected SitePlanes<V> Places { get; }

    /// <summary>Cells between two sites.</summary>
    protected int CellsPerSite { get; }

    /// <summary>The constants of a lane have changed: its buffers start in equilibrium with free calcium <paramref name="c0"/>.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="v">Parameters of its simulation.</param>
    /// <param name="c0">Free calcium, µM.</param>
    /// <param name="dx">Length of a cell, µm.</param>
    public void Start(int lane, double[] v, double c0, double dx)
    {
        _hasStorePivots = false;
        Fill(lane, v, c0, dx);
    }

    /// <summary>Sets the step of a lane, s; 0 makes it idle.</summary>
    public void SetStep(int lane, double dt)
    {
        CableRates<V>* r = Rates;
        double tau = Gamma * dt;
        if (_hasStorePivots && ((double*)&r->Dt)[lane] == dt)
        {
            return;
        }

        _hasStorePivots = false;
        ((double*)&r->Dt)[lane] = dt;
        ((double*)&r->Tau)[lane] = tau;
        ((double*)&r->Rest)[lane] = dt - tau;
        ((double*)&r->TauFree)[lane] = tau * ((double*)&r->Free)[lane];
        ((double*)&r->TauStore)[lane] = tau * ((double*)&r->Store)[lane];
        ((double*)&r->TauPerStore)[lane] = tau * ((double*)&r->PerStore)[lane];
        SetBuffers(lane, dt, tau);
    }

    /// <summary>Flow of the mechanisms and the junctions at the present state: what the sites need to look ahead.</summary>
    public void Prepare()
    {
        byte** pools = (byte**)_pools.Start;
        pools[0] = (byte*)Planes.C;
        pools[1] = (byte*)Planes.E;
        _fluxes.Run(pools, Planes.Cells, Planes.J, Planes.JByC);
        _terms.Junctions();
        Bind();
    }

    /// <summary>Tries the step with the dt of <see cref="SetStep"/> and the conductances in the site planes.</summary>
    public void Try()
    {
        if (!_hasStorePivots)
        {
            _terms.StorePivots();
            _hasStorePivots = true;
        }

        _terms.Sites();
        Forward();
        Backward();
        Forward2();
        Backward2();
        StoreUp();
    }

    /// <summary>What a site in a cell sees: free calcium of the cell, and how it would move without the site.</summary>
    public abstract void Look(int cell, SitePlace<V>* site);

    /// <summary>Free and bound calcium of a cell's cytosol, µM.</summary>
    public abstract double Held(int cell, int lane);

    /// <summary>Copies calcium bound to the dye in every cell, µM; NaN without a dye.</summary>
    public abstract void CopyDye(int lane, Span<double> cells);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _rates.Dispose();
        _pools.Dispose();
    }

    /// <summary>A lane's constants of the buffers, and buffers in equilibrium.</summary>
    protected abstract void Fill(int lane, double[] v, double c0, double dx);

    /// <summary>The step of a lane has changed.</summary>
    protected abstract void SetBuffers(int lane, double dt, double tau);

    /// <summary>What the buffers do at the present state.</summary>
    protected abstract void Bind();

    /// <summary>Derivatives, elimination of what stays, and of free calcium and mobile buffers from the left.</summary>
    protected abstract void Forward();

    /// <summary>First solution k of free and bound calcium and the junctions from the right; elimination of the store.</summary>
    protected abstract void Backward();

    /// <summary>First solution of the store from the left; elimination for the second solution.</summary>
    protected abstract void Forward2();

    /// <summary>Second solution l of free and bound calcium and the junctions from the right, the new state of these, its error and its smallest concentration; elimination of the store.</summary>
    protected abstract void Backward2();

    /// <summary>First solution k of the junction and release of a site in a cell; <paramref name="he"/> with what it takes from the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected V SiteStart(int site, int cell, V kc, V he)
    {
        CableRates<V>* r = Rates;
        SitePlanes<V> s = Places;
        V g = s.G[site], jt = s.JByT[site], tau = r->Tau;
        V kt = s.InvT[site] * V.Fma(tau * g * r->PerJunction, kc, s.RT[site]);
        s.KT[site] = kt;
        s.KR[site] = g * V.Fma(tau, V.Fma(jt, kt, -kc), s.J[site] - Planes.C[cell]);
        return V.Fma(-(r->PerStoreCell * r->Refill), (Planes.E[cell] - s.J[site]) - (tau * jt * kt), he);
    }

    /// <summary>New junction and release of a site; returns γ dt ∂j/∂T l of the junction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected V SiteEnd(int site, V lc)
    {
        CableRates<V>* r = Rates;
        SitePlanes<V> s = Places;
        V g = s.G[site], tau = r->Tau, rest = r->Rest, kt = s.KT[site], kr = s.KR[site];
        V lt = s.InvT[site] * V.Fma(tau * g * r->PerJunction, lc, kt), moved = tau * s.JByT[site] * lt;
        V lr = V.Fma(g, moved - (tau * lc), kr);
        s.NextJunction[site] = V.Fma(rest, lt, V.Fma(tau, kt, s.Junction[site]));
        s.NextReleased[site] = V.Fma(rest, lr, V.Fma(tau, kr, s.Released[site]));
        return moved;
    }

    /// <summary>Second solution of the store from the left and its new state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreUp()
    {
        CableRates<V>* r = Rates;
        CablePlanes<V> p = Planes;
        V le = V.All(0), de = r->TauStore, tau = r->Tau, rest = r->Rest, lowest = Lowest;
        for (int k = 0; k < Places.Sites; k++)
        {
            lowest = Min(Places.NextJunction[k], lowest);
        }

        // A NaN anywhere has come by the sweeps to the last cell of the store: Min gives its second operand then.
        for (int i = 0; i < p.Cells; i++)
        {
            le = V.Fma(p.InvE[i], de * le, p.GE[i]);
            V next = V.Fma(rest, le, V.Fma(tau, p.KE[i], p.E[i]));
            p.NextE[i] = next;
            lowest = Min(lowest, next);
        }

        Lowest = lowest;
    }
}
