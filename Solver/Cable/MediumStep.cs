using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Sites;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The step for any buffers. Free calcium and the m mobile kinetic buffers are coupled in an (m + 1)×(m + 1) block-tridiagonal
/// system; stationary kinetic buffers and the junctions are eliminated point by point. Rapid and linear buffers are in
/// conservative form: the state is T = c + Σ bound, θ = ∂T/∂c stands where the identity stood, and D c + Σ D_b b diffuses, so
/// that calcium is conserved to rounding; free calcium follows from T.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe partial class MediumStep<V> : CableStep<V>
    where V : unmanaged, ILanes<V>
{
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

    /// <summary>d(free calcium)/dt of a cell without its site, µM/s.</summary>
    private V Derivative(int i)
    {
        int left = i == 0 ? 0 : i - 1, right = i == _p.Cells - 1 ? i : i + 1;
        V here = _potential[i];
        return ((_potential[left] - here) + (_potential[right] - here) + (_p.J[i] - _binding[i])) / _theta[i];
    }
}
