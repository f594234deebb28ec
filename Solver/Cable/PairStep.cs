using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The step for one stationary and one mobile kinetic buffer, fused: A couples free calcium c and the mobile buffer m in a
/// 2×2 block-tridiagonal system; the stationary buffer s and the junction T of a site are eliminated point by point; the
/// store e follows, with its own tridiagonal and its columns of c and T.
/// </summary>
/// <remarks>No pass exceeds 150 operations (kernel cliff of the JIT); each is a method of its own.</remarks>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class PairStep<V> : CableStep<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Planes of the state between free calcium and the store, and of further memory.</summary>
    public const int BoundPlanes = 2, WorkPlanes = 11;

    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly Buffer _stationary, _mobile;
    private readonly int _cellsPerSite;
    private readonly V* _inv11, _inv12, _inv21, _inv22, _gc, _gm, _w, _bp, _q, _ks, _km;

    /// <summary>A stepper over the given memory.</summary>
    public PairStep(CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes, Buffer stationary, Buffer mobile)
        : base(planes, sites, fluxes)
    {
        (_p, _s, _stationary, _mobile, _cellsPerSite) = (planes, sites, stationary, mobile, CellsPerSite);
        _inv11 = planes.Take();
        _inv12 = planes.Take();
        _inv21 = planes.Take();
        _inv22 = planes.Take();
        _gc = planes.Take();
        _gm = planes.Take();
        _w = planes.Take();
        _bp = planes.Take();
        _q = planes.Take();
        _ks = planes.Take();
        _km = planes.Take();
    }

    /// <summary>True for the buffers it is made for.</summary>
    public static bool Fits(IReadOnlyList<Buffer> buffers) =>
        buffers.Count == 2 && buffers.All(b => !b.IsRapid) && buffers.Count(b => b.IsMobile) == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Look(int cell, SitePlace<V>* site)
    {
        CableRates<V>* r = Rates;
        V* ss = _p.Bound, ms = ss + _p.Stride;
        int i = cell, last = _p.Cells - 1;
        V zero = V.All(0), c = _p.C[i], s = ss[i], m = ms[i];
        V aS = r->StationaryOn * (r->StationaryTotal - s), bS = V.Fma(r->StationaryOn, c, r->StationaryOff);
        V aM = r->MobileOn * (r->MobileTotal - m), bM = V.Fma(r->MobileOn, c, r->MobileOff);
        double neighbours = (i > 0 ? 1 : 0) + (i < last ? 1 : 0);
        V loss = V.Fma(V.All(neighbours), r->Free, aS + (aM - _p.JByC[i]));
        V moving = (i > 0 ? Derivative(i - 1) : zero) + (i < last ? Derivative(i + 1) : zero);
        V rs = V.Fma(aS, c, -(r->StationaryOff * s));
        V ml = ms[i > 0 ? i - 1 : i], mr = ms[i < last ? i + 1 : i];
        V rm = V.Fma(r->Mobile, (ml - m) + (mr - m), V.Fma(aM, c, -(r->MobileOff * m)));
        (site->C, site->Loss, site->DriveSlope) = (c, loss, V.Fma(r->Free, moving, V.Fma(bS, rs, bM * rm)));
        site->Drive = V.Fma(loss, c, Derivative(i));
    }

    /// <inheritdoc/>
    public override double Held(int cell, int lane) =>
        ((double*)(_p.C + cell))[lane] + ((double*)(_p.Bound + cell))[lane] + ((double*)(_p.Bound + _p.Stride + cell))[lane];

    /// <inheritdoc/>
    public override void CopyDye(int lane, Span<double> cells)
    {
        V* dye = _p.Bound + (_stationary.IsIndicator ? 0 : _p.Stride);
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = ((double*)(dye + i))[lane];
        }
    }

    /// <inheritdoc/>
    protected override void Fill(int lane, double[] v, double c0, double dx)
    {
        CableRates<V>* r = Rates;
        ((double*)&r->Mobile)[lane] = v[_mobile.Diffusion] / (dx * dx);
        ((double*)&r->StationaryTotal)[lane] = v[_stationary.Total];
        ((double*)&r->StationaryOn)[lane] = _stationary.OnRate(v);
        ((double*)&r->StationaryOff)[lane] = _stationary.OffRate(v);
        ((double*)&r->MobileTotal)[lane] = v[_mobile.Total];
        ((double*)&r->MobileOn)[lane] = _mobile.OnRate(v);
        ((double*)&r->MobileOff)[lane] = _mobile.OffRate(v);
        double s0 = _stationary.Bound(v, c0), m0 = _mobile.Bound(v, c0);
        for (int i = 0; i < _p.Cells; i++)
        {
            ((double*)(_p.Bound + i))[lane] = s0;
            ((double*)(_p.Bound + _p.Stride + i))[lane] = m0;
        }
    }

    /// <inheritdoc/>
    protected override void SetBuffers(int lane, double dt, double tau)
    {
        CableRates<V>* r = Rates;
        ((double*)&r->TauMobile)[lane] = tau * ((double*)&r->Mobile)[lane];
        ((double*)&r->BendStationary)[lane] = Math.Sqrt(0.5) * dt * dt * ((double*)&r->StationaryOn)[lane];
        ((double*)&r->BendMobile)[lane] = Math.Sqrt(0.5) * dt * dt * ((double*)&r->MobileOn)[lane];
    }

    /// <inheritdoc/>
    protected override void Bind()
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward()
    {
        CableRates<V>* r = Rates;
        V* cs = _p.C, ss = _p.Bound, ms = ss + _p.Stride;
        V zero = V.All(0), one = V.All(1), i11 = zero, i12 = zero, i21 = zero, i22 = zero, gc = zero, gm = zero;
        V d = r->TauFree, dm = r->TauMobile, tau = r->Tau;
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0);
        V c = cs[0], m = ms[0], cl = c, ml = m;
        for (int i = 0; i <= last; i++)
        {
            int right = i == last ? last : i + 1;
            V cr = cs[right], mr = ms[right], s = ss[i];
            V aS = r->StationaryOn * (r->StationaryTotal - s), bS = V.Fma(r->StationaryOn, c, r->StationaryOff);
            V aM = r->MobileOn * (r->MobileTotal - m), bM = V.Fma(r->MobileOn, c, r->MobileOff);
            V rs = V.Fma(aS, c, -(r->StationaryOff * s)), rm = V.Fma(aM, c, -(r->MobileOff * m));
            V w = 1 / V.Fma(tau, bS, one), q = tau * (w * aS), p = w * rs;
            (_w[i], _bp[i], _q[i]) = (w, p, q);
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
            (_inv11[i], _inv12[i], _inv21[i], _inv22[i]) = (i11, i12, i21, i22);
            (_gc[i], _gm[i]) = (gc, gm);
            (cl, c, ml, m) = (c, cr, m, mr);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Backward()
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
            kc = V.Fma(_inv11[i], xc, V.Fma(_inv12[i], xm, _gc[i]));
            km = V.Fma(_inv21[i], xc, V.Fma(_inv22[i], xm, _gm[i]));
            (_p.KC[i], _km[i], _ks[i]) = (kc, km, V.Fma(_q[i], kc, _bp[i]));
            V he = r->Store * ((el - e) + (er - e));
            he = V.Fma(-r->PerStore, V.Fma(r->Tau * _p.JByC[i], kc, _p.J[i]), he);
            if (i == next)
            {
                he = SiteStart(site, i, kc, he);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * V.Fma(de, ge, he);
            _p.GE[i] = ge;
            (er, e) = (e, el);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward2()
    {
        CableRates<V>* r = Rates;
        V ke = V.All(0), gc = V.All(0), gm = V.All(0), one = V.All(1);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore;
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0);
        for (int i = 0; i <= last; i++)
        {
            ke = V.Fma(_p.InvE[i], de * ke, _p.GE[i]);
            _p.KE[i] = ke;
            V kc = _p.KC[i], ks = _ks[i], km = _km[i], w = _w[i];
            V bentS = r->BendStationary * (kc * ks), bentM = r->BendMobile * (kc * km);
            V hc = V.Fma(one - w, ks, V.Fma(d, gc, kc)) + V.Fma(w, bentS, bentM), hm = V.Fma(dm, gm, km - bentM);
            if (i == next)
            {
                hc = V.Fma(_s.Coupling[site], _s.KT[site], hc);
                site++;
                next += _cellsPerSite;
            }

            gc = V.Fma(_inv11[i], hc, _inv12[i] * hm);
            gm = V.Fma(_inv21[i], hc, _inv22[i] * hm);
            (_gc[i], _gm[i]) = (gc, gm);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Backward2()
    {
        CableRates<V>* r = Rates;
        V* ss = _p.Bound, ms = ss + _p.Stride;
        V lc = V.All(0), lm = V.All(0), ge = V.All(0), error = V.All(0), lowest = V.All(1);
        V d = r->TauFree, dm = r->TauMobile, de = r->TauStore, tau = r->Tau, rest = r->Rest, tps = r->TauPerStore;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = _s.CellOf(site);
        for (int i = last; i >= 0; i--)
        {
            V xc = d * lc, xm = dm * lm, ks = _ks[i], kc = _p.KC[i], bentS = r->BendStationary * (kc * ks);
            lc = V.Fma(_inv11[i], xc, V.Fma(_inv12[i], xm, _gc[i]));
            lm = V.Fma(_inv21[i], xc, V.Fma(_inv22[i], xm, _gm[i]));
            V ls = V.Fma(_q[i], lc, _w[i] * (ks - bentS));
            V nextC = V.Fma(rest, lc, V.Fma(tau, kc, _p.C[i]));
            V nextS = V.Fma(rest, ls, V.Fma(tau, ks, ss[i]));
            V nextM = V.Fma(rest, lm, V.Fma(tau, _km[i], ms[i]));
            (_p.NextC[i], _p.NextBound[i], _p.NextBound[_p.Stride + i]) = (nextC, nextS, nextM);
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

    /// <summary>dc/dt of a cell without its site, µM/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Derivative(int i)
    {
        CableRates<V>* r = Rates;
        int left = i == 0 ? 0 : i - 1, right = i == _p.Cells - 1 ? i : i + 1;
        V c = _p.C[i], s = _p.Bound[i], m = _p.Bound[_p.Stride + i];
        V rs = V.Fma(r->StationaryOn * (r->StationaryTotal - s), c, -(r->StationaryOff * s));
        V rm = V.Fma(r->MobileOn * (r->MobileTotal - m), c, -(r->MobileOff * m));
        return V.Fma(r->Free, (_p.C[left] - c) + (_p.C[right] - c), _p.J[i] - (rs + rm));
    }
}
