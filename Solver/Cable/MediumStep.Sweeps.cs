using System.Runtime.CompilerServices;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <content>The two solves: elimination from the left, solution from the right.</content>
internal sealed unsafe partial class MediumStep<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward()
    {
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0), n = _block;
        V tau = Rates->Tau, one = V.All(1);
        V* matrix = (V*)_scratch.Start, right = matrix + (n * n), before = right + n;
        for (int i = 0; i <= last; i++)
        {
            int left = i == 0 ? 0 : i - 1, after = i == last ? last : i + 1;
            double neighbours = i == 0 || i == last ? 1 : 2;
            V c = _p.C[i], here = _potential[i];
            V h = (_potential[left] - here) + (_potential[after] - here) + _p.J[i];
            V diagonal = V.Fma(-tau, _p.JByC[i], _theta[i] + (neighbours * (tau * _slope[i])));
            for (int k = 0; k < _kinetic; k++)
            {
                BufferRates<V>* b = Kinetic + k;
                V* bound = _p.Bound + ((long)k * _stride);
                long at = ((long)k * _stride) + i;
                V held = bound[i], on = b->On * (b->Total - held), off = V.Fma(b->On, c, b->Off), rate = V.Fma(on, c, -(b->Off * held));
                if (k >= _mobiles)
                {
                    V w = 1 / V.Fma(tau, off, one), q = tau * (w * on), p = w * rate;
                    (_w[at], _bp[at], _q[at]) = (w, p, q);
                    diagonal = diagonal + q;
                    h = h - p;
                    continue;
                }

                diagonal = V.Fma(tau, on, diagonal);
                h = h - rate;
                for (int l = 1; l < n; l++)
                {
                    matrix[((k + 1) * n) + l] = V.All(0);
                }

                matrix[k + 1] = -(tau * off);
                matrix[(k + 1) * n] = -(tau * on);
                matrix[((k + 1) * n) + k + 1] = V.Fma(tau, off, one + (neighbours * b->TauDiffusion));
                right[k + 1] = V.Fma(b->Diffusion, (bound[left] - held) + (bound[after] - held), rate);
            }

            if (i == next)
            {
                diagonal = diagonal + _s.Diagonal[site];
                h = h + _s.Source[site];
                site++;
                next += _cellsPerSite;
            }

            (matrix[0], right[0]) = (diagonal, h);
            if (i > 0)
            {
                Couple(i, tau, matrix);
            }

            AddLeft(i, right);
            BlockInverse<V>.Invert(matrix, n);
            for (int a = 0; a < n * n; a++)
            {
                _inverse[((long)a * _stride) + i] = matrix[a];
            }

            Apply(i, right, before);
        }
    }

    /// <summary>Takes from a block what the elimination of the cell to its left leaves.</summary>
    private void Couple(int i, V tau, V* matrix)
    {
        int n = _block;
        for (int a = 0; a < n; a++)
        {
            V from = a == 0 ? tau * _slope[i - 1] : Kinetic[a - 1].TauDiffusion;
            for (int b = 0; b < n; b++)
            {
                V to = b == 0 ? tau * _slope[i] : Kinetic[b - 1].TauDiffusion;
                matrix[(a * n) + b] = V.Fma(-(from * to), _inverse[((long)((a * n) + b) * _stride) + i - 1], matrix[(a * n) + b]);
            }
        }
    }

    /// <summary>Adds what the left neighbour sends to a right-hand side.</summary>
    private void AddLeft(int i, V* right)
    {
        if (i == 0)
        {
            return;
        }

        V tau = Rates->Tau;
        right[0] = V.Fma(tau * _slope[i - 1], _right[i - 1], right[0]);
        for (int a = 1; a < _block; a++)
        {
            right[a] = V.Fma(Kinetic[a - 1].TauDiffusion, _right[((long)a * _stride) + i - 1], right[a]);
        }
    }

    /// <summary>Keeps the block's inverse times a right-hand side.</summary>
    private void Apply(int i, V* right, V* result)
    {
        int n = _block;
        for (int a = 0; a < n; a++)
        {
            V sum = V.All(0);
            for (int b = 0; b < n; b++)
            {
                sum = V.Fma(_inverse[((long)((a * n) + b) * _stride) + i], right[b], sum);
            }

            _right[((long)a * _stride) + i] = sum;
        }
    }

    /// <summary>The solution in a cell from that in the cell to its right (in <paramref name="x"/>, replaced).</summary>
    private void Back(int i, V tau, V* x, V* sent)
    {
        int n = _block;
        for (int a = 0; a < n; a++)
        {
            V d = a > 0 ? Kinetic[a - 1].TauDiffusion : i == _p.Cells - 1 ? V.All(0) : tau * _slope[i + 1];
            sent[a] = d * x[a];
        }

        for (int a = 0; a < n; a++)
        {
            V sum = _right[((long)a * _stride) + i];
            for (int b = 0; b < n; b++)
            {
                sum = V.Fma(_inverse[((long)((a * n) + b) * _stride) + i], sent[b], sum);
            }

            x[a] = sum;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Backward()
    {
        CableRates<V>* r = Rates;
        V* es = _p.E, x = (V*)_scratch.Start, sent = x + _block;
        V ge = V.All(0), de = r->TauStore, tau = r->Tau;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = _s.CellOf(site);
        Clear(x);
        for (int i = last; i >= 0; i--)
        {
            Back(i, tau, x, sent);
            V kc = x[0], e = es[i];
            _p.KC[i] = kc;
            for (int k = 0; k < _kinetic; k++)
            {
                long at = ((long)k * _stride) + i;
                _first[at] = k < _mobiles ? x[k + 1] : V.Fma(_q[at], kc, _bp[at]);
            }

            V he = r->Store * ((es[i == 0 ? 0 : i - 1] - e) + (es[i == last ? last : i + 1] - e));
            he = V.Fma(-r->PerStore, V.Fma(tau * _p.JByC[i], kc, _p.J[i]), he);
            if (i == next)
            {
                he = SiteStart(site, i, kc, he);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * V.Fma(de, ge, he);
            _p.GE[i] = ge;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward2()
    {
        V* right = (V*)_scratch.Start, result = right + _block;
        V ke = V.All(0), de = Rates->TauStore, one = V.All(1);
        int last = _p.Cells - 1, site = 0, next = _s.CellOf(0);
        for (int i = 0; i <= last; i++)
        {
            ke = V.Fma(_p.InvE[i], de * ke, _p.GE[i]);
            _p.KE[i] = ke;
            V kc = _p.KC[i], h = _theta[i] * kc;
            for (int k = 0; k < _kinetic; k++)
            {
                long at = ((long)k * _stride) + i;
                V kb = _first[at], bent = Kinetic[k].Bend * (kc * kb);
                if (k < _mobiles)
                {
                    right[k + 1] = kb - bent;
                    h = h + bent;
                }
                else
                {
                    h = V.Fma(one - _w[at], kb, V.Fma(_w[at], bent, h));
                }
            }

            if (i == next)
            {
                h = V.Fma(_s.Coupling[site], _s.KT[site], h);
                site++;
                next += _cellsPerSite;
            }

            right[0] = h;
            AddLeft(i, right);
            Apply(i, right, result);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Backward2()
    {
        CableRates<V>* r = Rates;
        V* x = (V*)_scratch.Start, sent = x + _block, total = Total, nextTotal = NextTotal;
        V ge = V.All(0), error = V.All(0), lowest = V.All(1);
        V de = r->TauStore, tau = r->Tau, rest = r->Rest, tps = r->TauPerStore;
        int last = _p.Cells - 1, site = _s.Sites - 1, next = _s.CellOf(site);
        Clear(x);
        for (int i = last; i >= 0; i--)
        {
            Back(i, tau, x, sent);
            V lc = x[0], kc = _p.KC[i], step = V.Fma(rest, lc, tau * kc);
            for (int k = 0; k < _kinetic; k++)
            {
                long at = ((long)k * _stride) + i;
                V kb = _first[at];
                V lb = k < _mobiles ? x[k + 1] : V.Fma(_q[at], lc, _w[at] * (kb - (Kinetic[k].Bend * (kc * kb))));
                V bound = V.Fma(rest, lb, V.Fma(tau, kb, _p.Bound[at]));
                _p.NextBound[at] = bound;
                lowest = Min(bound, lowest);
            }

            V held = V.Fma(_theta[i], step, total[i]);
            nextTotal[i] = held;
            _p.NextC[i] = _rapids == 0 ? held : RapidTotal<V>.Free(Rapid, _rapids, held, _p.C[i] + step);
            lowest = Min(held, lowest);
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

    private void Clear(V* x)
    {
        for (int a = 0; a < _block; a++)
        {
            x[a] = V.All(0);
        }
    }
}
