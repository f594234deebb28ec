using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// One step of the fields: ROS2 (Verwer, Spee, Blom and Hundsdorfer 1999, SIAM J Sci Comput 20:1456), linearly
/// implicit, of second order for any A:  (I − γ dt A) k₁ = f(y),  (I − γ dt A) k₂ = f(y + dt k₁) − 2 k₁,
/// y⁺ = y + dt (3k₁ + k₂)/2,  γ = 1 − 1/√2 (L-stable). The difference to the first-order y + dt k₁ is the error estimate.
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
    private readonly int _cellsPerSite;

    /// <summary>A stepper over the given memory.</summary>
    public CableStep(CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes)
    {
        _p = planes;
        _s = sites;
        _fluxes = fluxes;
        _cellsPerSite = planes.Cells / sites.Sites;
    }

    /// <summary>The constants, lane by lane.</summary>
    public CableRates<V>* Rates => (CableRates<V>*)_rates.Start;

    /// <summary>Largest error estimate over tolerance; accept below 1.</summary>
    public V Error { get; private set; }

    /// <summary>Smallest concentration of the new state.</summary>
    public V Lowest { get; private set; }

    /// <summary>Cell of a site.</summary>
    public int CellOf(int site) => (site * _cellsPerSite) + ((_cellsPerSite - 1) / 2);

    /// <summary>Derivatives at the present state without the sites: what the sites need to look ahead.</summary>
    public void Prepare()
    {
        RunFluxes(_p.C, _p.E, _p.JByC);
        RightHandSide();
        Junctions();
    }

    /// <summary>Tries the step with the dt in <see cref="Rates"/> and the conductances in the site planes.</summary>
    public void Try()
    {
        SiteTerms();
        Forward();
        Backward();
        StoreUp();
        RunFluxes(_p.StageC, _p.StageE, _p.JByCAtStage);
        SiteTerms2();
        Forward2();
        Backward2();
        StoreUp2();
    }

    /// <summary>Takes the new state over in the lanes where <paramref name="accepted"/> is 1 (not 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Commit(V accepted)
    {
        V half = V.All(0.5);
        V* from = _p.NextC, to = _p.C; // the four planes of each state lie one after the other
        int n = 4 * _p.Cells;
        for (int i = 0; i < n; i++)
        {
            to[i] = V.Less(half, accepted, from[i], to[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rates.Dispose();
        _pools.Dispose();
    }

    private void RunFluxes(V* c, V* e, V* slope)
    {
        byte** pools = (byte**)_pools.Start;
        pools[0] = (byte*)c;
        pools[1] = (byte*)e;
        _fluxes.Run(pools, _p.Cells, _p.J, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RightHandSide()
    {
        CableRates<V>* r = Rates;
        V* c = _p.C, s = _p.S, m = _p.M;
        int last = _p.Cells - 1;
        for (int i = 0; i <= last; i++)
        {
            int left = i == 0 ? 0 : i - 1, right = i == last ? last : i + 1;
            V rs = (r->StationaryOn * (r->StationaryTotal - s[i]) * c[i]) - (r->StationaryOff * s[i]);
            V rm = (r->MobileOn * (r->MobileTotal - m[i]) * c[i]) - (r->MobileOff * m[i]);
            _p.RS[i] = rs;
            _p.RM[i] = (r->Mobile * ((m[left] - m[i]) + (m[right] - m[i]))) + rm;
            _p.RC[i] = (r->Free * ((c[left] - c[i]) + (c[right] - c[i]))) + (_p.J[i] - rs - rm);
        }
    }

    /// <summary>Free junctional calcium j from the total T, and ∂j/∂T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Junctions()
    {
        CableRates<V>* r = Rates;
        for (int k = 0; k < _s.Sites; k++)
        {
            V j = FreeOf(_s.Junction[k], r->CsqTotal, r->CsqK), kj = r->CsqK + j;
            V kj2 = kj * kj;
            _s.J[k] = j;
            _s.JByT[k] = kj2 / (kj2 + (r->CsqTotal * r->CsqK));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FreeOf(V total, V q, V k)
    {
        V b = k + q - total;
        V root = V.Sqrt((b * b) + (4 * (k * total)));
        V sum = b + root;
        return V.Less(V.All(0), b, 2 * (k * total) / sum, 0.5 * (root - b)); // each form where it does not cancel
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiteTerms()
    {
        CableRates<V>* r = Rates;
        for (int k = 0; k < _s.Sites; k++)
        {
            int i = CellOf(k);
            V g = _s.G[k], j = _s.J[k], jt = _s.JByT[k];
            V release = g * (j - _p.C[i]), gt = r->Tau * g;
            V w = 1 / (1 + (r->Tau * (r->Refill + g) * jt * r->PerJunction));
            V rt = ((r->Refill * (_p.E[i] - j)) - release) * r->PerJunction;
            _s.InvT[k] = w;
            _s.RT[k] = rt;
            _s.Diagonal[k] = gt * r->PerCell * (1 - (gt * jt * w * r->PerJunction));
            _s.Source[k] = r->PerCell * (release + (gt * jt * w * rt));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward()
    {
        CableRates<V>* r = Rates;
        V i11 = V.All(0), i12 = V.All(0), i21 = V.All(0), i22 = V.All(0), gc = V.All(0), gm = V.All(0);
        V d = r->TauFree, dm = r->TauMobile, tau = r->Tau;
        int last = _p.Cells - 1, site = 0, next = CellOf(0);
        for (int i = 0; i <= last; i++)
        {
            V c = _p.C[i];
            V aS = r->StationaryOn * (r->StationaryTotal - _p.S[i]), bS = (r->StationaryOn * c) + r->StationaryOff;
            V aM = tau * (r->MobileOn * (r->MobileTotal - _p.M[i])), bM = tau * ((r->MobileOn * c) + r->MobileOff);
            V tbS = tau * bS, w = 1 / (1 + tbS);
            _p.InvS[i] = w;
            double neighbours = last == 0 ? 0 : i == 0 || i == last ? 1 : 2;
            V b11 = 1 + (aM + (tau * ((aS * w) - _p.JByC[i]))) + (neighbours * d);
            V b22 = 1 + bM + (neighbours * dm);
            V hc = _p.RC[i] + (tbS * w * _p.RS[i]) + (d * gc), hm = _p.RM[i] + (dm * gm);
            if (i == next)
            {
                b11 = b11 + _s.Diagonal[site];
                hc = hc + _s.Source[site];
                site++;
                next += _cellsPerSite;
            }

            b11 = b11 - (d * d * i11);
            b22 = b22 - (dm * dm * i22);
            V b12 = -(bM + (d * dm * i12)), b21 = -(aM + (d * dm * i21));
            V q = 1 / ((b11 * b22) - (b12 * b21));
            (i11, i12, i21, i22) = (q * b22, -(q * b12), -(q * b21), q * b11);
            gc = (i11 * hc) + (i12 * hm);
            gm = (i21 * hc) + (i22 * hm);
            (_p.Inv11[i], _p.Inv12[i], _p.Inv21[i], _p.Inv22[i]) = (i11, i12, i21, i22);
            (_p.GC[i], _p.GM[i]) = (gc, gm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward()
    {
        CableRates<V>* r = Rates;
        V kc = V.All(0), km = V.All(0), ge = V.All(0), inv = V.All(0);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = CellOf(site);
        for (int i = last; i >= 0; i--)
        {
            V xc = d * kc, xm = dm * km;
            kc = _p.GC[i] + (_p.Inv11[i] * xc) + (_p.Inv12[i] * xm);
            km = _p.GM[i] + (_p.Inv21[i] * xc) + (_p.Inv22[i] * xm);
            V aS = r->StationaryOn * (r->StationaryTotal - _p.S[i]);
            V ks = _p.InvS[i] * (_p.RS[i] + (r->Tau * aS * kc));
            (_p.K1C[i], _p.K1M[i], _p.K1S[i]) = (kc, km, ks);
            int left = i == 0 ? 0 : i - 1, right = i == last ? last : i + 1;
            V e = _p.E[i];
            V he = (r->Store * ((_p.E[left] - e) + (_p.E[right] - e)))
                - (r->PerStore * (_p.J[i] + (r->Tau * _p.JByC[i] * kc)));
            if (i == next)
            {
                V g = _s.G[site], jt = _s.JByT[site];
                V kt = _s.InvT[site] * (_s.RT[site] + (r->Tau * g * r->PerJunction * kc));
                _s.K1T[site] = kt;
                _s.K1R[site] = g * ((_s.J[site] - _p.C[i]) + (r->Tau * ((jt * kt) - kc)));
                he = he - (r->PerStoreCell * r->Refill * ((e - _s.J[site]) - (r->Tau * jt * kt)));
                site--;
                next -= _cellsPerSite;
            }

            double neighbours = last == 0 ? 0 : i == 0 || i == last ? 1 : 2;
            V pivot = 1 + (neighbours * de) - (de * de * inv);
            inv = 1 / pivot;
            ge = inv * (he + (de * ge));
            (_p.InvE[i], _p.GE[i]) = (inv, ge);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreUp()
    {
        CableRates<V>* r = Rates;
        V ke = V.All(0);
        for (int i = 0; i < _p.Cells; i++)
        {
            ke = _p.GE[i] + (_p.InvE[i] * (r->TauStore * ke));
            _p.K1E[i] = ke;
            _p.StageE[i] = _p.E[i] + (r->Dt * ke);
            _p.StageC[i] = _p.C[i] + (r->Dt * _p.K1C[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiteTerms2()
    {
        CableRates<V>* r = Rates;
        for (int k = 0; k < _s.Sites; k++)
        {
            int i = CellOf(k);
            V g = _s.G[k], jt = _s.JByT[k];
            V j = FreeOf(_s.Junction[k] + (r->Dt * _s.K1T[k]), r->CsqTotal, r->CsqK);
            V release = g * (j - _p.StageC[i]);
            V rt = (((r->Refill * (_p.StageE[i] - j)) - release) * r->PerJunction) - (2 * _s.K1T[k]);
            _s.RT[k] = rt;
            _s.Source[k] = r->PerCell * (release + (r->Tau * g * jt * _s.InvT[k] * rt));
            _s.NextJunction[k] = j;          // kept for the store and the release until Backward2
            _s.NextReleased[k] = release;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward2()
    {
        CableRates<V>* r = Rates;
        V gc = V.All(0), gm = V.All(0), dt = r->Dt;
        V* c2 = _p.StageC;
        int last = _p.Cells - 1, site = 0, next = CellOf(0);
        for (int i = 0; i <= last; i++)
        {
            int left = i == 0 ? 0 : i - 1, right = i == last ? last : i + 1;
            V c = c2[i], s = _p.S[i] + (dt * _p.K1S[i]), m = _p.M[i] + (dt * _p.K1M[i]);
            V mLeft = _p.M[left] + (dt * _p.K1M[left]), mRight = _p.M[right] + (dt * _p.K1M[right]);
            V rs = (r->StationaryOn * (r->StationaryTotal - s) * c) - (r->StationaryOff * s);
            V rm = (r->MobileOn * (r->MobileTotal - m) * c) - (r->MobileOff * m);
            V hs = rs - (2 * _p.K1S[i]);
            V hm = (r->Mobile * ((mLeft - m) + (mRight - m))) + rm - (2 * _p.K1M[i]);
            V hc = (r->Free * ((c2[left] - c) + (c2[right] - c))) + (_p.J[i] - rs - rm) - (2 * _p.K1C[i]);
            _p.RS[i] = hs;
            V tbS = r->Tau * ((r->StationaryOn * _p.C[i]) + r->StationaryOff);
            hc = hc + (tbS * _p.InvS[i] * hs) + (r->TauFree * gc);
            hm = hm + (r->TauMobile * gm);
            if (i == next)
            {
                hc = hc + _s.Source[site];
                site++;
                next += _cellsPerSite;
            }

            gc = (_p.Inv11[i] * hc) + (_p.Inv12[i] * hm);
            gm = (_p.Inv21[i] * hc) + (_p.Inv22[i] * hm);
            (_p.GC[i], _p.GM[i]) = (gc, gm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward2()
    {
        CableRates<V>* r = Rates;
        V kc = V.All(0), km = V.All(0), ge = V.All(0), error = V.All(0), lowest = V.All(0);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore, half = 0.5 * r->Dt;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = CellOf(site);
        for (int i = last; i >= 0; i--)
        {
            V xc = d * kc, xm = dm * km;
            kc = _p.GC[i] + (_p.Inv11[i] * xc) + (_p.Inv12[i] * xm);
            km = _p.GM[i] + (_p.Inv21[i] * xc) + (_p.Inv22[i] * xm);
            V s = _p.S[i], aS = r->StationaryOn * (r->StationaryTotal - s);
            V ks = _p.InvS[i] * (_p.RS[i] + (r->Tau * aS * kc));
            V c = _p.C[i], step = half * (_p.K1C[i] + kc);
            V nextC = c + ((r->Dt * _p.K1C[i]) + step);
            V nextS = s + (half * ((3 * _p.K1S[i]) + ks)), nextM = _p.M[i] + (half * ((3 * _p.K1M[i]) + km));
            (_p.NextC[i], _p.NextS[i], _p.NextM[i]) = (nextC, nextS, nextM);
            error = Max(error, V.Abs(step) / (r->Absolute + (r->Relative * c)));
            lowest = Min(lowest, Min(nextC, Min(nextS, nextM)));
            int left = i == 0 ? 0 : i - 1, right = i == last ? last : i + 1;
            V e = _p.StageE[i];
            V he = (r->Store * ((_p.StageE[left] - e) + (_p.StageE[right] - e)))
                - (r->PerStore * (_p.J[i] + (r->Tau * _p.JByC[i] * kc))) - (2 * _p.K1E[i]);
            if (i == next)
            {
                he = he + SiteEnd(site, kc, e);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * (he + (de * ge));
            _p.GE[i] = ge;
        }

        (Error, Lowest) = (error, lowest);
    }

    /// <summary>Second stage of a site's junction and release; returns what refill takes from the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V SiteEnd(int site, V kc, V e)
    {
        CableRates<V>* r = Rates;
        V g = _s.G[site], jt = _s.JByT[site], j = _s.NextJunction[site], half = 0.5 * r->Dt;
        V kt = _s.InvT[site] * (_s.RT[site] + (r->Tau * g * r->PerJunction * kc));
        V kr = _s.NextReleased[site] + (g * (r->Tau * ((jt * kt) - kc))) - (2 * _s.K1R[site]);
        _s.NextJunction[site] = _s.Junction[site] + (half * ((3 * _s.K1T[site]) + kt));
        _s.NextReleased[site] = _s.Released[site] + (half * ((3 * _s.K1R[site]) + kr));
        return -(r->PerStoreCell * r->Refill * ((e - j) - (r->Tau * jt * kt)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreUp2()
    {
        CableRates<V>* r = Rates;
        V ke = V.All(0), half = 0.5 * r->Dt, lowest = Lowest;
        for (int i = 0; i < _p.Cells; i++)
        {
            ke = _p.GE[i] + (_p.InvE[i] * (r->TauStore * ke));
            V next = _p.E[i] + (half * ((3 * _p.K1E[i]) + ke));
            _p.NextE[i] = next;
            lowest = Min(lowest, next);
        }

        for (int k = 0; k < _s.Sites; k++)
        {
            lowest = Min(lowest, _s.NextJunction[k]);
        }

        Lowest = lowest;
    }
}
