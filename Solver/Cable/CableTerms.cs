using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>What a step of the fields needs before it solves: junctions, sites, and the pivots of the store.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CableTerms<V>
    where V : unmanaged, ILanes<V>
{
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableRates<V>* _r;

    /// <summary>Over the given memory.</summary>
    public CableTerms(CablePlanes<V> planes, SitePlanes<V> sites, CableRates<V>* rates)
    {
        _p = planes;
        _s = sites;
        _r = rates;
    }

    /// <summary>Free junctional calcium j from the total T, and ∂j/∂T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Junctions()
    {
        CableRates<V>* r = _r;
        for (int k = 0; k < _s.Sites; k++)
        {
            V total = _s.Junction[k], b = r->CsqK + r->CsqTotal - total;
            V product = 2 * (r->CsqK * total);
            V root = V.Sqrt(V.Fma(b, b, 2 * product));
            V j = V.Less(V.All(0), b, product / (b + root), 0.5 * (root - b)); // each form where it does not cancel
            V kj = r->CsqK + j, kj2 = kj * kj;
            _s.J[k] = j;
            _s.JByT[k] = kj2 / (kj2 + (r->CsqTotal * r->CsqK));
        }
    }

    /// <summary>Inverse pivots of the store's tridiagonal: they depend on dt alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StorePivots()
    {
        V de = _r->TauStore, inverse = V.All(0);
        int last = _p.Cells - 1;
        for (int i = last; i >= 0; i--)
        {
            double neighbours = i == 0 || i == last ? 1 : 2;
            inverse = 1 / V.Fma(-de, de * inverse, 1 + (neighbours * de));
            _p.InvE[i] = inverse;
        }
    }

    /// <summary>What a site adds to its cell, with T eliminated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sites()
    {
        CableRates<V>* r = _r;
        for (int k = 0; k < _s.Sites; k++)
        {
            int i = _s.CellOf(k);
            V g = _s.G[k], j = _s.J[k], jt = _s.JByT[k];
            V release = g * (j - _p.C[i]), gt = r->Tau * g;
            V w = 1 / V.Fma(r->Tau * (r->Refill + g), jt * r->PerJunction, V.All(1));
            V rt = ((r->Refill * (_p.E[i] - j)) - release) * r->PerJunction;
            V gjw = gt * jt * w;
            _s.InvT[k] = w;
            _s.RT[k] = rt;
            _s.Diagonal[k] = gt * r->PerCell * (1 - (gjw * r->PerJunction));
            _s.Coupling[k] = r->PerCell * gjw;
            _s.Source[k] = r->PerCell * V.Fma(gjw, rt, release);
        }
    }
}
