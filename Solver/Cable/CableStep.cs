using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// One step of the fields, linearly implicit with two solves of one factorised matrix, of second order and L-stable:
/// (I − γ dt A) k = f(y),  (I − γ dt A) l = k,  y⁺ = y + dt (γ k + (1 − γ) l),  γ = 1 − 1/√2. Where f is linear this is the
/// SDIRK method of Alexander (1977, SIAM J Numer Anal 14:1006); what f″ adds is of third order in dt. The difference to
/// the first-order y + dt k is the error estimate.
/// </summary>
/// <remarks>
/// A couples free calcium c and the mobile buffer m in a 2×2 block-tridiagonal system; the stationary buffer s and the
/// junction T of a site are eliminated point by point; the store e follows, with its own tridiagonal and its columns of c
/// and T. What A leaves out (how c and T depend on e) is slow, and left out of both rows: every column of A that is
/// kept sums to zero, so total calcium is conserved to rounding at any step. No pass exceeds 150 operations (kernel
/// cliff of the JIT); each is a method of its own.
/// </remarks>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CableStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    /// <summary>γ of the method.</summary>
    public const double Gamma = 0.29289321881345254;

    private readonly AlignedMemory _rates = new(sizeof(CableRates<V>));
    private readonly AlignedMemory _pools = new(2 * sizeof(byte*));
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly FluxSet<V> _fluxes;
    private readonly CableTerms<V> _terms;
    private readonly int _cellsPerSite;
    private bool _hasStorePivots;

    /// <summary>A stepper over the given memory.</summary>
    public CableStep(CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes)
    {
        _p = planes;
        _s = sites;
        _fluxes = fluxes;
        _terms = new CableTerms<V>(planes, sites, Rates);
        _cellsPerSite = planes.Cells / sites.Sites;
    }

    /// <summary>The constants, lane by lane.</summary>
    public CableRates<V>* Rates => (CableRates<V>*)_rates.Start;

    /// <summary>Largest error estimate of free calcium at a site over tolerance.</summary>
    public V Error { get; private set; }

    /// <summary>Smallest concentration of the new state.</summary>
    public V Lowest { get; private set; }

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
        ((double*)&r->TauMobile)[lane] = tau * ((double*)&r->Mobile)[lane];
        ((double*)&r->TauStore)[lane] = tau * ((double*)&r->Store)[lane];
        ((double*)&r->BendStationary)[lane] = Math.Sqrt(0.5) * dt * dt * ((double*)&r->StationaryOn)[lane];
        ((double*)&r->BendMobile)[lane] = Math.Sqrt(0.5) * dt * dt * ((double*)&r->MobileOn)[lane];
        ((double*)&r->TauPerStore)[lane] = tau * ((double*)&r->PerStore)[lane];
    }

    /// <summary>The constants of a lane have changed.</summary>
    public void Forget() => _hasStorePivots = false;

    /// <summary>Flow of the mechanisms and the junctions at the present state: what the sites need to look ahead.</summary>
    public void Prepare()
    {
        byte** pools = (byte**)_pools.Start;
        pools[0] = (byte*)_p.C;
        pools[1] = (byte*)_p.E;
        _fluxes.Run(pools, _p.Cells, _p.J, _p.JByC);
        _terms.Junctions();
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _rates.Dispose();
        _pools.Dispose();
    }

    /// <summary>Derivatives, elimination of s, and of c and m from the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward()
    {
        CableRates<V>* r = Rates;
        V* cs = _p.C, ms = _p.M;
        V zero = V.All(0), one = V.All(1), i11 = zero, i12 = zero, i21 = zero, i22 = zero, gc = zero, gm = zero;
        V d = r->TauFree, dm = r->TauMobile, tau = r->Tau;
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0);
        V c = cs[0], m = ms[0], cl = c, ml = m;
        for (int i = 0; i <= last; i++)
        {
            int right = i == last ? last : i + 1;
            V cr = cs[right], mr = ms[right], s = _p.S[i];
            V aS = r->StationaryOn * (r->StationaryTotal - s), bS = V.Fma(r->StationaryOn, c, r->StationaryOff);
            V aM = r->MobileOn * (r->MobileTotal - m), bM = V.Fma(r->MobileOn, c, r->MobileOff);
            V rs = V.Fma(aS, c, -(r->StationaryOff * s)), rm = V.Fma(aM, c, -(r->MobileOff * m));
            V w = 1 / V.Fma(tau, bS, one), q = tau * (w * aS), p = w * rs;
            (_p.W[i], _p.P[i], _p.Q[i]) = (w, p, q);
            aM = tau * aM;
            bM = tau * bM;
            V hc = V.Fma(r->Free, (cl - c) + (cr - c), V.Fma(d, gc, (_p.J[i] - rm) - p));
            V hm = V.Fma(r->Mobile, (ml - m) + (mr - m), V.Fma(dm, gm, rm));
            double neighbours = i == 0 || i == last ? 1 : 2;
            V b11 = V.Fma(-tau, _p.JByC[i], (one + (neighbours * d)) + (aM + q));
            V b22 = (one + (neighbours * dm)) + bM;
            if (i == next)
            {
                b11 = b11 + _s.Diagonal[site];
                hc = hc + _s.Source[site];
                site++;
                next += _cellsPerSite;
            }

            V dd = d * dm;
            b11 = V.Fma(-(d * d), i11, b11);
            b22 = V.Fma(-(dm * dm), i22, b22);
            V b12 = V.Fma(dd, i12, bM), b21 = V.Fma(dd, i21, aM); // both with the sign turned
            V inverse = 1 / V.Fma(b11, b22, -(b12 * b21));
            (i11, i12, i21, i22) = (inverse * b22, inverse * b12, inverse * b21, inverse * b11);
            gc = V.Fma(i11, hc, i12 * hm);
            gm = V.Fma(i21, hc, i22 * hm);
            (_p.Inv11[i], _p.Inv12[i], _p.Inv21[i], _p.Inv22[i]) = (i11, i12, i21, i22);
            (_p.GC[i], _p.GM[i]) = (gc, gm);
            (cl, c, ml, m) = (c, cr, m, mr);
        }
    }

    /// <summary>First solution k of c, m, s and T from the right; elimination of e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward()
    {
        CableRates<V>* r = Rates;
        V* es = _p.E;
        V kc = V.All(0), km = V.All(0), ge = V.All(0);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = _s.CellOf(site);
        V e = es[last], er = e;
        for (int i = last; i >= 0; i--)
        {
            V el = es[i == 0 ? 0 : i - 1];
            V xc = d * kc, xm = dm * km;
            kc = V.Fma(_p.Inv11[i], xc, V.Fma(_p.Inv12[i], xm, _p.GC[i]));
            km = V.Fma(_p.Inv21[i], xc, V.Fma(_p.Inv22[i], xm, _p.GM[i]));
            (_p.KC[i], _p.KM[i], _p.KS[i]) = (kc, km, V.Fma(_p.Q[i], kc, _p.P[i]));
            V he = r->Store * ((el - e) + (er - e));
            he = V.Fma(-r->PerStore, V.Fma(r->Tau * _p.JByC[i], kc, _p.J[i]), he);
            if (i == next)
            {
                V g = _s.G[site], jt = _s.JByT[site], tau = r->Tau;
                V kt = _s.InvT[site] * V.Fma(tau * g * r->PerJunction, kc, _s.RT[site]);
                _s.KT[site] = kt;
                _s.KR[site] = g * V.Fma(tau, V.Fma(jt, kt, -kc), _s.J[site] - _p.C[i]);
                he = V.Fma(-(r->PerStoreCell * r->Refill), (e - _s.J[site]) - (tau * jt * kt), he);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * V.Fma(de, ge, he);
            _p.GE[i] = ge;
            (er, e) = (e, el);
        }
    }

    /// <summary>First solution of e from the left; elimination of c and m for the second solution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward2()
    {
        CableRates<V>* r = Rates;
        V ke = V.All(0), gc = V.All(0), gm = V.All(0), one = V.All(1);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore;
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0);
        for (int i = 0; i <= last; i++)
        {
            ke = V.Fma(_p.InvE[i], de * ke, _p.GE[i]);
            _p.KE[i] = ke;
            V kc = _p.KC[i], ks = _p.KS[i], km = _p.KM[i], w = _p.W[i];
            V bentS = r->BendStationary * (kc * ks), bentM = r->BendMobile * (kc * km);
            V hc = V.Fma(one - w, ks, V.Fma(d, gc, kc)) + V.Fma(w, bentS, bentM), hm = V.Fma(dm, gm, km - bentM);
            if (i == next)
            {
                hc = V.Fma(_s.Coupling[site], _s.KT[site], hc);
                site++;
                next += _cellsPerSite;
            }

            gc = V.Fma(_p.Inv11[i], hc, _p.Inv12[i] * hm);
            gm = V.Fma(_p.Inv21[i], hc, _p.Inv22[i] * hm);
            (_p.GC[i], _p.GM[i]) = (gc, gm);
        }
    }

    /// <summary>Second solution l of c, m, s and T from the right, the new state of these; elimination of e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward2()
    {
        CableRates<V>* r = Rates;
        V lc = V.All(0), lm = V.All(0), ge = V.All(0), error = V.All(0), lowest = V.All(1);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore, tau = r->Tau, rest = r->Rest, tps = r->TauPerStore;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = _s.CellOf(site);
        for (int i = last; i >= 0; i--)
        {
            V xc = d * lc, xm = dm * lm, ks = _p.KS[i], kc = _p.KC[i], bentS = r->BendStationary * (kc * ks);
            lc = V.Fma(_p.Inv11[i], xc, V.Fma(_p.Inv12[i], xm, _p.GC[i]));
            lm = V.Fma(_p.Inv21[i], xc, V.Fma(_p.Inv22[i], xm, _p.GM[i]));
            V ls = V.Fma(_p.Q[i], lc, _p.W[i] * (ks - bentS));
            V nextC = V.Fma(rest, lc, V.Fma(tau, kc, _p.C[i]));
            V nextS = V.Fma(rest, ls, V.Fma(tau, ks, _p.S[i]));
            V nextM = V.Fma(rest, lm, V.Fma(tau, _p.KM[i], _p.M[i]));
            (_p.NextC[i], _p.NextS[i], _p.NextM[i]) = (nextC, nextS, nextM);
            lowest = Min(nextC, Min(nextS, Min(nextM, lowest)));
            V he = V.Fma(-(tps * _p.JByC[i]), lc, _p.KE[i]);
            if (i == next)
            {
                he = V.Fma(r->PerStoreCell * r->Refill, SiteEnd(site, lc), he);
                error = Max(V.Abs(rest * (lc - kc)) / V.Fma(r->Tolerance, _p.C[i], r->Tolerance), error);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * V.Fma(de, ge, he);
            _p.GE[i] = ge;
        }

        (Error, Lowest) = (error, lowest);
    }

    /// <summary>New junction and release of a site; returns γ dt ∂j/∂T l of the junction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V SiteEnd(int site, V lc)
    {
        CableRates<V>* r = Rates;
        V g = _s.G[site], tau = r->Tau, rest = r->Rest, kt = _s.KT[site], kr = _s.KR[site];
        V lt = _s.InvT[site] * V.Fma(tau * g * r->PerJunction, lc, kt), moved = tau * _s.JByT[site] * lt;
        V lr = V.Fma(g, moved - (tau * lc), kr);
        _s.NextJunction[site] = V.Fma(rest, lt, V.Fma(tau, kt, _s.Junction[site]));
        _s.NextReleased[site] = V.Fma(rest, lr, V.Fma(tau, kr, _s.Released[site]));
        return moved;
    }

    /// <summary>Second solution of e from the left and its new state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreUp()
    {
        CableRates<V>* r = Rates;
        V le = V.All(0), de = r->TauStore, tau = r->Tau, rest = r->Rest, lowest = Lowest;
        for (int k = 0; k < _s.Sites; k++)
        {
            lowest = Min(_s.NextJunction[k], lowest);
        }

        // A NaN anywhere has come by the sweeps to the last cell of the store: Min gives its second operand then.
        for (int i = 0; i < _p.Cells; i++)
        {
            le = V.Fma(_p.InvE[i], de * le, _p.GE[i]);
            V next = V.Fma(rest, le, V.Fma(tau, _p.KE[i], _p.E[i]));
            _p.NextE[i] = next;
            lowest = Min(lowest, next);
        }

        Lowest = lowest;
    }
}
