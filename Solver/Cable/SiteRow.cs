using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The sites of a bundle during a step. Where no channel is open the hazard is integrated across lanes; only sites with
/// open channels, or with an event in this step, go through the exact event loop of <see cref="RyrSite"/>, lane by lane.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class SiteRow<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableStep<V> _step;
    private readonly AlignedMemory _rates = new(4 * sizeof(V));
    private readonly RyrSite[] _site = new RyrSite[V.Count];
    private readonly (ulong Key, uint Replicate)[] _stream = new (ulong, uint)[V.Count];
    private readonly double[] _heldUntil = new double[V.Count];

    /// <summary>Sites over the given memory.</summary>
    public SiteRow(CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
    {
        _p = planes;
        _s = sites;
        _step = step;
    }

    private V* Opening => (V*)_rates.Start;

    /// <summary>Sets a lane's channel kinetics, stream, and until when the channels of site 0 are held open, s.</summary>
    public void SetLane(int lane, RyrSite site, ulong key, uint replicate, double heldUntil)
    {
        _site[lane] = site;
        _stream[lane] = (key, replicate);
        _heldUntil[lane] = heldUntil;
        double* rates = (double*)_rates.Start;
        rates[lane] = site.Opening;
        rates[V.Count + lane] = site.K4;
        rates[(2 * V.Count) + lane] = site.LuminalK4;
        rates[(3 * V.Count) + lane] = site.Recovery;
    }

    /// <summary>Lets all sites gate for the step that is about to be tried; writes their mean conductance.</summary>
    /// <param name="time">Time of each lane, s [lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gate(ReadOnlySpan<double> time)
    {
        double* quiet = stackalloc double[V.Count];
        double* local = stackalloc double[3 * V.Count];
        for (int k = 0; k < _s.Sites; k++)
        {
            LookAhead(k, (V*)quiet, (V*)local);
            _s.G[k] = V.All(0);
            _s.NextOpen[k] = _s.Open[k];
            _s.NextInactivated[k] = _s.Inactivated[k];
            _s.NextDraw[k] = _s.Draw[k];
            for (int lane = 0; lane < V.Count; lane++)
            {
                if (k == 0 && time[lane] < _heldUntil[lane])
                {
                    At(_s.NextCountdown, k, lane) = At(_s.Countdown, k, lane);
                    At(_s.G, k, lane) = _site[lane].ReleaseConductance(At(_s.Open, k, lane));
                }
                else if (quiet[lane] == 0)
                {
                    Events(k, lane, local[lane], local[V.Count + lane], local[(2 * V.Count) + lane]);
                }
            }
        }
    }

    /// <summary>Takes the channels over in the lanes where <paramref name="accepted"/> is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Commit(V accepted)
    {
        V half = V.All(0.5);
        for (int k = 0; k < _s.Sites; k++)
        {
            _s.Open[k] = V.Less(half, accepted, _s.NextOpen[k], _s.Open[k]);
            _s.Inactivated[k] = V.Less(half, accepted, _s.NextInactivated[k], _s.Inactivated[k]);
            _s.Countdown[k] = V.Less(half, accepted, _s.NextCountdown[k], _s.Countdown[k]);
            _s.Draw[k] = V.Less(half, accepted, _s.NextDraw[k], _s.Draw[k]);
            _s.Junction[k] = V.Less(half, accepted, _s.NextJunction[k], _s.Junction[k]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rates.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(V* plane, int site, int lane) => ref ((double*)(plane + site))[lane];

    /// <summary>
    /// The local linearisation at a site's cell (drive, its slope, loss) and whether nothing can happen there in this
    /// step: no channel open and the hazard, by Simpson's rule, below the countdown.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAhead(int k, V* quiet, V* local)
    {
        CableRates<V>* r = _step.Rates;
        int i = _step.CellOf(k), last = _p.Cells - 1;
        int left = i == 0 ? 0 : i - 1, right = i == last ? last : i + 1;
        double neighbours = (left < i ? 1 : 0) + (right > i ? 1 : 0);
        V c = _p.C[i], s = _p.S[i], m = _p.M[i], j = _s.J[k];
        V bS = (r->StationaryOn * c) + r->StationaryOff, bM = (r->MobileOn * c) + r->MobileOff;
        V loss = (neighbours * r->Free) + (r->StationaryOn * (r->StationaryTotal - s))
            + ((r->MobileOn * (r->MobileTotal - m)) - _p.JByC[i]);
        V moving = (left < i ? _p.RC[left] : V.All(0)) + (right > i ? _p.RC[right] : V.All(0));
        V slope = (r->Free * moving) + ((bS * _p.RS[i]) + (bM * _p.RM[i]));
        V drive = _p.RC[i] + (loss * c);
        (local[0], local[1], local[2]) = (drive, slope, loss);

        V inverse = 1 / loss, b = slope * inverse, a = (drive - b) * inverse, half = 0.5 * r->Dt;
        V decay = Exp(Max(V.All(-700), -(loss * half)));
        V middle = a + (b * half) + ((c - a) * decay);
        V end = a + (b * r->Dt) + ((c - a) * (decay * decay));
        V j2 = j * j, j4 = j2 * j2;
        V closed = _s.Channels[k] - _s.Open[k] - _s.Inactivated[k];
        V scale = closed * Opening[0] * j4 / (Opening[2] + j4 + V.All(1e-300));
        V rate = Share(c) + ((4 * Share(middle)) + Share(end));
        V hazard = r->Dt * (((1.0 / 6.0) * (scale * rate)) + (_s.Inactivated[k] * Opening[3]));
        V rest = _s.Countdown[k] - hazard;
        _s.NextCountdown[k] = rest;
        V zero = V.All(0), one = V.All(1);
        *quiet = V.Less(zero, rest, V.Less(_s.Open[k], V.All(0.5), one, zero), zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Share(V c)
    {
        V c2 = c * c, c4 = c2 * c2;
        return c4 / (Opening[1] + c4);
    }

    private void Events(int k, int lane, double drive, double slope, double loss)
    {
        CableRates<V>* r = _step.Rates;
        int i = _step.CellOf(k);
        double dt = ((double*)&r->Dt)[lane];
        if (dt == 0)
        {
            return; // an idle lane
        }

        var state = new RyrState
        {
            Channels = At(_s.Channels, k, lane),
            Open = At(_s.Open, k, lane),
            Inactivated = At(_s.Inactivated, k, lane),
            Countdown = At(_s.Countdown, k, lane),
            Draw = At(_s.Draw, k, lane),
        };
        var place = new SitePlace
        {
            C = ((double*)(_p.C + i))[lane],
            J = At(_s.J, k, lane),
            Drive = drive,
            DriveSlope = slope,
            Loss = loss,
            PerCell = ((double*)&r->PerCell)[lane],
            Refill = ((double*)&r->Refill)[lane],
            Store = ((double*)(_p.E + i))[lane],
            JunctionSlope = At(_s.JByT, k, lane) * ((double*)&r->PerJunction)[lane],
        };
        At(_s.G, k, lane) = _site[lane].Gate(
            ref state, place, dt, new RandomStream(_stream[lane].Key, _stream[lane].Replicate, (uint)k));
        At(_s.NextOpen, k, lane) = state.Open;
        At(_s.NextInactivated, k, lane) = state.Inactivated;
        At(_s.NextCountdown, k, lane) = state.Countdown;
        At(_s.NextDraw, k, lane) = state.Draw;
    }
}
