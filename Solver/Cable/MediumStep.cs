using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The step for any buffers. Free calcium and the m mobile kinetic buffers are coupled in an (m + 1)×(m + 1) block-tridiagonal
/// system; stationary kinetic buffers and the junctions are eliminated point by point. Rapid and linear buffers are in
/// conservative form: the state is T = c + Σ bound, θ = ∂T/∂c stands where the identity stood, and D c + Σ D_b b diffuses, so
/// that calcium is conserved to rounding; free calcium follows from T.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class MediumStep<V> : CableStep<V>
    where V : unmanaged, ILanes<V>
{
    private const int NewtonSteps = 8;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly int _cellsPerSite, _stride, _mobiles, _kinetic, _rapids, _block, _dye;
    private readonly bool _isDyeRapid;
    private readonly Buffer[] _kinetics, _instant;
    private readonly AlignedMemory _constants, _scratch;
    private readonly V* _theta, _potential, _slope, _binding, _inverse, _right, _first, _w, _bp, _q;

    private MediumStep(IReadOnlyList<Buffer> buffers, CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes)
        : base(planes, sites, fluxes)
    {
        (_p, _s, _cellsPerSite, _stride) = (planes, sites, CellsPerSite, planes.Stride);
        _kinetics = [.. buffers.Where(b => !b.IsRapid && b.IsMobile), .. buffers.Where(b => !b.IsRapid && !b.IsMobile)];
        _instant = [.. buffers.Where(b => b.IsRapid)];
        (_kinetic, _rapids, _mobiles) = (_kinetics.Length, _instant.Length, _kinetics.Count(b => b.IsMobile));
        _block = _mobiles + 1;
        Buffer? dye = buffers.FirstOrDefault(b => b.IsIndicator) ?? _kinetics.FirstOrDefault(b => b.IsMobile);
        _isDyeRapid = dye is { IsRapid: true };
        _dye = dye is null ? -1 : Array.IndexOf(_isDyeRapid ? _instant : _kinetics, dye);
        _constants = new AlignedMemory((_kinetic + 1) * sizeof(BufferRates<V>) + ((_rapids + 1) * sizeof(RapidRates<V>)));
        _scratch = new AlignedMemory(((2 * _block * _block) + (4 * _block)) * sizeof(V));
        _theta = planes.Take();
        _potential = planes.Take();
        _slope = planes.Take();
        _binding = planes.Take();
        _inverse = planes.Take(_block * _block);
        _right = planes.Take(_block);
        _first = planes.Take(_kinetic);
        _w = planes.Take(_kinetic);
        _bp = planes.Take(_kinetic);
        _q = planes.Take(_kinetic);
    }

    private BufferRates<V>* Kinetic => (BufferRates<V>*)_constants.Start;

    private RapidRates<V>* Rapid => (RapidRates<V>*)(Kinetic + _kinetic + 1);

    /// <summary>Where T is kept: after the kinetic buffers.</summary>
    private V* Total => _p.Bound + ((long)_kinetic * _stride);

    private V* NextTotal => _p.NextBound + ((long)_kinetic * _stride);

    /// <summary>Memory for the fields of a cable with these buffers.</summary>
    public static CablePlanes<V> NewPlanes(IReadOnlyList<Buffer> buffers, int cells)
    {
        if (PairStep<V>.Fits(buffers))
        {
            return new CablePlanes<V>(cells, PairStep<V>.BoundPlanes, PairStep<V>.WorkPlanes);
        }

        int kinetic = buffers.Count(b => !b.IsRapid), block = 1 + buffers.Count(b => !b.IsRapid && b.IsMobile);
        return new CablePlanes<V>(cells, kinetic + 1, 4 + (block * block) + block + (4 * kinetic));
    }

    /// <summary>The stepper for a cable with these buffers.</summary>
    public static CableStep<V> Of(IReadOnlyList<Buffer> buffers, CablePlanes<V> planes, SitePlanes<V> sites, FluxSet<V> fluxes) =>
        PairStep<V>.Fits(buffers)
            ? new PairStep<V>(planes, sites, fluxes, buffers.First(b => !b.IsMobile), buffers.First(b => b.IsMobile))
            : new MediumStep<V>(buffers, planes, sites, fluxes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Look(int cell, SitePlace<V>* site)
    {
        CableRates<V>* r = Rates;
        int last = _p.Cells - 1;
        V zero = V.All(0), c = _p.C[cell], mass = 1 / _theta[cell];
        V loss = V.Fma(V.All((cell > 0 ? 1 : 0) + (cell < last ? 1 : 0)), _slope[cell], -_p.JByC[cell]), slope = zero;
        if (cell > 0)
        {
            slope = V.Fma(_slope[cell - 1], Derivative(cell - 1), slope);
        }

        if (cell < last)
        {
            slope = V.Fma(_slope[cell + 1], Derivative(cell + 1), slope);
        }

        for (int k = 0; k < _kinetic; k++)
        {
            BufferRates<V>* b = Kinetic + k;
            V* bound = _p.Bound + ((long)k * _stride);
            V held = bound[cell], on = b->On * (b->Total - held), rate = V.Fma(on, c, -(b->Off * held));
            if (k < _mobiles)
            {
                V left = bound[cell > 0 ? cell - 1 : cell], right = bound[cell < last ? cell + 1 : cell];
                rate = V.Fma(b->Diffusion, (left - held) + (right - held), rate);
            }

            loss = loss + on;
            slope = V.Fma(V.Fma(b->On, c, b->Off), rate, slope);
        }

        loss = loss * mass;
        (site->C, site->Loss, site->DriveSlope, site->PerCell) = (c, loss, slope * mass, r->PerCell * mass);
        site->Drive = V.Fma(loss, c, Derivative(cell));
    }

    /// <inheritdoc/>
    public override double Held(int cell, int lane)
    {
        double sum = ((double*)(Total + cell))[lane];
        for (int k = 0; k < _kinetic; k++)
        {
            sum += ((double*)(_p.Bound + ((long)k * _stride) + cell))[lane];
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void CopyDye(int lane, Span<double> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            double c = ((double*)(_p.C + i))[lane];
            cells[i] = _dye < 0 ? double.NaN
                : _isDyeRapid ? ((double*)&Rapid[_dye].Total)[lane] * c / (((double*)&Rapid[_dye].K)[lane] + c)
                : ((double*)(_p.Bound + ((long)_dye * _stride) + i))[lane];
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _constants.Dispose();
        _scratch.Dispose();
    }

    /// <inheritdoc/>
    protected override void Fill(int lane, double[] v, double c0, double dx)
    {
        double perDx2 = 1 / (dx * dx), total = c0, linear = 1, carried = ((double*)&Rates->Free)[lane];
        for (int k = 0; k < _kinetic; k++)
        {
            Buffer from = _kinetics[k];
            BufferRates<V>* b = Kinetic + k;
            ((double*)&b->Total)[lane] = v[from.Total];
            ((double*)&b->On)[lane] = from.OnRate(v);
            ((double*)&b->Off)[lane] = from.OffRate(v);
            ((double*)&b->Diffusion)[lane] = from.IsMobile ? v[from.Diffusion] * perDx2 : 0;
            double held = from.Bound(v, c0);
            for (int i = 0; i < _p.Cells; i++)
            {
                ((double*)(_p.Bound + ((long)k * _stride) + i))[lane] = held;
            }
        }

        for (int k = 0; k < _rapids; k++)
        {
            Buffer from = _instant[k];
            RapidRates<V>* b = Rapid + k;
            double diffusion = from.IsMobile ? v[from.Diffusion] * perDx2 : 0;
            bool isLinear = from.Capacity >= 0;
            ((double*)&b->Total)[lane] = isLinear ? 0 : v[from.Total];
            ((double*)&b->K)[lane] = isLinear ? 1 : from.HalfSaturation(v);
            ((double*)&b->Diffusion)[lane] = diffusion;
            linear += isLinear ? v[from.Capacity] : 0;
            carried += isLinear ? v[from.Capacity] * diffusion : 0;
            total += from.Bound(v, c0);
        }

        ((double*)&Rapid[_rapids].Total)[lane] = linear;
        ((double*)&Rapid[_rapids].Diffusion)[lane] = carried;
        for (int i = 0; i < _p.Cells; i++)
        {
            ((double*)(Total + i))[lane] = total;
        }
    }

    /// <inheritdoc/>
    protected override void SetBuffers(int lane, double dt, double tau)
    {
        for (int k = 0; k < _kinetic; k++)
        {
            BufferRates<V>* b = Kinetic + k;
            ((double*)&b->TauDiffusion)[lane] = tau * ((double*)&b->Diffusion)[lane];
            ((double*)&b->Bend)[lane] = Math.Sqrt(0.5) * dt * dt * ((double*)&b->On)[lane];
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Bind()
    {
        RapidRates<V>* all = Rapid + _rapids;
        for (int i = 0; i < _p.Cells; i++)
        {
            V c = _p.C[i], theta = all->Total, what = all->Diffusion * c, slope = all->Diffusion, binding = V.All(0);
            for (int k = 0; k < _rapids; k++)
            {
                RapidRates<V>* b = Rapid + k;
                V share = 1 / (b->K + c), bound = b->Total * share, capacity = bound * (b->K * share);
                theta = theta + capacity;
                what = V.Fma(b->Diffusion, bound * c, what);
                slope = V.Fma(b->Diffusion, capacity, slope);
            }

            for (int k = 0; k < _kinetic; k++)
            {
                BufferRates<V>* b = Kinetic + k;
                V held = _p.Bound[((long)k * _stride) + i];
                binding = binding + V.Fma(b->On * (b->Total - held), c, -(b->Off * held));
            }

            (_theta[i], _potential[i], _slope[i], _binding[i]) = (theta, what, slope, binding);
        }
    }

    /// <inheritdoc/>
    protected override void Solve()
    {
        Forward();
        Backward();
        Forward2();
        Backward2();
        StoreUp();
    }

    /// <summary>d(free calcium)/dt of a cell without its site, µM/s.</summary>
    private V Derivative(int i)
    {
        int left = i == 0 ? 0 : i - 1, right = i == _p.Cells - 1 ? i : i + 1;
        V here = _potential[i];
        return ((_potential[left] - here) + (_potential[right] - here) + (_p.J[i] - _binding[i])) / _theta[i];
    }

    /// <summary>Derivatives, elimination of stationary buffers, and of free calcium and mobile buffers from the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward()
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
            Invert(matrix, n);
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

    /// <summary>In place, without pivoting: the columns are dominated by their diagonal.</summary>
    private static void Invert(V* m, int n)
    {
        for (int p = 0; p < n; p++)
        {
            V inverse = 1 / m[(p * n) + p];
            m[(p * n) + p] = V.All(1);
            for (int b = 0; b < n; b++)
            {
                m[(p * n) + b] = inverse * m[(p * n) + b];
            }

            for (int a = 0; a < n; a++)
            {
                if (a == p)
                {
                    continue;
                }

                V factor = m[(a * n) + p];
                m[(a * n) + p] = V.All(0);
                for (int b = 0; b < n; b++)
                {
                    m[(a * n) + b] = V.Fma(-factor, m[(p * n) + b], m[(a * n) + b]);
                }
            }
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

    /// <summary>First solution k of free and bound calcium and the junctions from the right; elimination of the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward()
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
                V g = _s.G[site], jt = _s.JByT[site];
                V kt = _s.InvT[site] * V.Fma(tau * g * r->PerJunction, kc, _s.RT[site]);
                _s.KT[site] = kt;
                _s.KR[site] = g * V.Fma(tau, V.Fma(jt, kt, -kc), _s.J[site] - _p.C[i]);
                he = V.Fma(-(r->PerStoreCell * r->Refill), (e - _s.J[site]) - (tau * jt * kt), he);
                site--;
                next -= _cellsPerSite;
            }

            ge = _p.InvE[i] * V.Fma(de, ge, he);
            _p.GE[i] = ge;
        }
    }

    /// <summary>First solution of the store from the left; elimination for the second solution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward2()
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

    /// <summary>Second solution l of free and bound calcium and the junctions from the right, the new state of these; elimination of the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward2()
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
            _p.NextC[i] = _rapids == 0 ? held : Free(held, _p.C[i] + step);
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

    /// <summary>
    /// Free calcium of a total by Newton's method: T(c) is concave, so that the first step lands left of the root wherever it
    /// starts, and the others approach it from there.
    /// </summary>
    private V Free(V total, V guess)
    {
        V linear = Rapid[_rapids].Total, steepest = linear, most = V.All(0);
        for (int k = 0; k < _rapids; k++)
        {
            steepest = steepest + (Rapid[k].Total / Rapid[k].K);
            most = most + Rapid[k].Total;
        }

        V least = Max(total / steepest, (total - most) / linear), c = Max(guess, least);
        for (int step = 0; step < NewtonSteps; step++)
        {
            V value = linear * c, slope = linear;
            for (int k = 0; k < _rapids; k++)
            {
                V share = 1 / (Rapid[k].K + c), bound = Rapid[k].Total * share;
                value = V.Fma(bound, c, value);
                slope = V.Fma(bound, Rapid[k].K * share, slope);
            }

            c = Max(c + ((total - value) / slope), least);
        }

        return c;
    }

    private void Clear(V* x)
    {
        for (int a = 0; a < _block; a++)
        {
            x[a] = V.All(0);
        }
    }
}
