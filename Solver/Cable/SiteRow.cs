using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The sites of a bundle during a step. A site with all channels closed, whose next candidate event lies beyond the step,
/// is passed over; the others gate in <see cref="RyrCluster{V}"/>, all lanes of a site together.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class SiteRow<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Scratch = 5;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableStep<V> _step;
    private readonly DrawTable _draws;
    private readonly AlignedMemory _rates = new(sizeof(RyrRates<V>));
    private readonly AlignedMemory _place = new(sizeof(SitePlace<V>) + (Scratch * sizeof(V)));
    private readonly AlignedMemory _held = new(sizeof(V));

    /// <summary>Sites over the given memory.</summary>
    public SiteRow(CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
    {
        _p = planes;
        _s = sites;
        _step = step;
        _draws = new DrawTable(sites.Sites * V.Count);
    }

    private RyrRates<V>* Rates => (RyrRates<V>*)_rates.Start;

    private SitePlace<V>* Place => (SitePlace<V>*)_place.Start;

    /// <summary>Sets a lane's channel kinetics and streams.</summary>
    /// <returns>The first countdown of each site [sites].</returns>
    public void SetLane(int lane, RyrSite site, ulong key, uint replicate)
    {
        Rates->SetLane(lane, site);
        for (int k = 0; k < _s.Sites; k++)
        {
            _draws.Set((k * V.Count) + lane, new RandomStream(key, replicate, (uint)k));
        }
    }

    /// <summary>1 in the lanes whose site 0 has its channels held open in this step, else 0.</summary>
    public void Hold(int lane, bool isHeld) => ((double*)_held.Start)[lane] = isHeld ? 1 : 0;

    /// <summary>Lets all sites gate for the step that is about to be tried; writes their mean conductance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gate()
    {
        SitePlace<V>* place = Place;
        V none = V.All(0), held = *(V*)_held.Start, dt = _step.Rates->Dt;
        for (int k = 0; k < _s.Sites; k++)
        {
            LookAhead(k);
            if (k == 0)
            {
                place->T = V.Less(none, held, dt, place->T);
                place->Countdown = V.Less(none, held, _s.Countdown[0], place->Countdown);
            }

            if (IsAnyBefore((double*)&place->T, (double*)&place->Dt))
            {
                RyrCluster<V>.Gate(Rates, place, _draws, k * V.Count, (V*)(place + 1));
            }

            _s.NextOpen[k] = place->Open;
            _s.NextInactivated[k] = place->Inactivated;
            _s.NextCountdown[k] = place->Countdown;
            _s.NextDraw[k] = place->Draw;
            _s.G[k] = place->Conducted / (dt + V.All(1e-300));
        }

        V g = _s.Open[0] * Rates->Conductance;
        _s.G[0] = V.Less(none, held, g / (1 + (_s.Open[0] * Rates->PerCleft)), _s.G[0]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rates.Dispose();
        _place.Dispose();
        _held.Dispose();
        _draws.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAnyBefore(double* t, double* end)
    {
        bool any = false;
        for (int lane = 0; lane < V.Count; lane++)
        {
            any |= t[lane] < end[lane];
        }

        return any;
    }

    /// <summary>
    /// What a site sees: the linearisation at its cell. Where no channel is open and the countdown outlasts the step, the
    /// site is put at the end of the step at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAhead(int k)
    {
        CableRates<V>* r = _step.Rates;
        SitePlace<V>* place = Place;
        int i = _step.CellOf(k), last = _p.Cells - 1;
        V zero = V.All(0), dt = r->Dt;
        V c = _p.C[i], s = _p.S[i], m = _p.M[i], e = _p.E[i], j = _s.J[k];
        V aS = r->StationaryOn * (r->StationaryTotal - s), bS = V.Fma(r->StationaryOn, c, r->StationaryOff);
        V aM = r->MobileOn * (r->MobileTotal - m), bM = V.Fma(r->MobileOn, c, r->MobileOff);
        double neighbours = (i > 0 ? 1 : 0) + (i < last ? 1 : 0);
        V loss = V.Fma(V.All(neighbours), r->Free, aS + (aM - _p.JByC[i]));
        V moving = (i > 0 ? Derivative(i - 1) : zero) + (i < last ? Derivative(i + 1) : zero);
        V rs = V.Fma(aS, c, -(r->StationaryOff * s));
        V ml = _p.M[i > 0 ? i - 1 : i], mr = _p.M[i < last ? i + 1 : i];
        V rm = V.Fma(r->Mobile, (ml - m) + (mr - m), V.Fma(aM, c, -(r->MobileOff * m)));
        V slope = V.Fma(r->Free, moving, V.Fma(bS, rs, bM * rm));
        V drive = V.Fma(loss, c, Derivative(i));
        V jSlope = _s.JByT[k] * r->PerJunction, top = V.Fma(jSlope * dt, Max(r->Refill * (e - j), zero), j);
        V top2 = top * top, top4 = top2 * top2, opening = Rates->Opening * top4 / (Rates->LuminalK4 + top4 + V.All(1e-300));
        V open = _s.Open[k], shut = _s.Inactivated[k], countdown = _s.Countdown[k];

        V inverse = 1 / loss, b = slope * inverse, a = (drive - b) * inverse;
        V x = RyrCluster<V>.Saturation(Max(a, V.Fma(b, dt, a)) + Max(c - a, zero), Rates->PerK4), x1 = 1 + x;
        V closed = _s.Channels[k] - open - shut;
        V rate = V.Fma(closed * opening, x / x1, shut * Rates->Recovery), rest = V.Fma(-rate, dt, countdown);
        V quiet = V.Less(open, V.All(0.5), V.Less(zero, rest, V.All(1), zero), zero);

        (place->C, place->J, place->Dt, place->Drive, place->DriveSlope, place->Loss) = (c, j, dt, drive, slope, loss);
        (place->PerCell, place->Refill, place->Store, place->JunctionSlope) = (r->PerCell, r->Refill, e, jSlope);
        (place->HighestJ, place->HighestOpening, place->Channels) = (top, opening, _s.Channels[k]);
        (place->Open, place->Inactivated, place->Draw, place->Conducted) = (open, shut, _s.Draw[k], zero);
        place->T = V.Less(zero, quiet, dt, zero);
        place->Countdown = V.Less(zero, quiet, rest, countdown);
    }

    /// <summary>dc/dt of a cell without its site, µM/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Derivative(int i)
    {
        CableRates<V>* r = _step.Rates;
        int left = i == 0 ? 0 : i - 1, right = i == _p.Cells - 1 ? i : i + 1;
        V c = _p.C[i], s = _p.S[i], m = _p.M[i];
        V rs = V.Fma(r->StationaryOn * (r->StationaryTotal - s), c, -(r->StationaryOff * s));
        V rm = V.Fma(r->MobileOn * (r->MobileTotal - m), c, -(r->MobileOff * m));
        return V.Fma(r->Free, (_p.C[left] - c) + (_p.C[right] - c), _p.J[i] - (rs + rm));
    }
}
