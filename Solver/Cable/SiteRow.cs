using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The sites of a bundle during a step. A site with all channels closed, whose next candidate event lies beyond the step,
/// is passed over; the others are collected from all lanes and gate in <see cref="RyrCluster{V}"/>.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class SiteRow<V> : SiteGates<V>
    where V : unmanaged, ILanes<V>
{
    private const int Copied = 28; // fields of SitePlace up to Conducted; T and Conducted are zero in the row
    private readonly RyrKind _kind;
    private readonly CableParameters _parameters;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableStep<V> _step;
    private readonly DrawTable _draws;
    private readonly AlignedMemory _row = new(sizeof(SitePlace<V>) + (2 * sizeof(V)));
    private readonly AlignedMemory _groups;
    private readonly AlignedMemory _streams;
    private readonly AlignedMemory _busy;

    /// <summary>Sites over the given memory.</summary>
    public SiteRow(RyrKind kind, CableParameters parameters, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
    {
        (_kind, _parameters) = (kind, parameters);
        _p = planes;
        _s = sites;
        _step = step;
        _draws = new DrawTable((sites.Sites * V.Count) + 1);
        _groups = new AlignedMemory((long)sites.Sites * sizeof(SitePlace<V>));
        _streams = new AlignedMemory((long)sites.Sites * V.Count * sizeof(int));
        _busy = new AlignedMemory((long)sites.Sites * sizeof(int));
    }

    /// <summary>The site being looked at, one in each lane.</summary>
    private SitePlace<V>* Row => (SitePlace<V>*)_row.Start;

    /// <summary>1 in the lanes that have to gate.</summary>
    private V* Stirs => (V*)(Row + 1);

    /// <summary>1 in the lanes whose site 0 has its channels held open.</summary>
    private V* Held => Stirs + 1;

    private SitePlace<V>* Groups => (SitePlace<V>*)_groups.Start;

    private int* Streams => (int*)_streams.Start;

    /// <inheritdoc/>
    public override void SetLane(int lane, Simulation simulation, ReadOnlySpan<(double Channels, double Open)> starts)
    {
        CableRates<V>* r = _step.Rates;
        Row->SetSite(lane, _kind.Site(_parameters, simulation.Parameters));
        ((double*)&Row->PerCell)[lane] = ((double*)&r->PerCell)[lane];
        ((double*)&Row->Refill)[lane] = ((double*)&r->Refill)[lane];
        for (int k = 0; k < _s.Sites; k++)
        {
            _draws.Set((k * V.Count) + lane, new RandomStream(simulation.StreamKey, simulation.Replicate, (uint)k));
        }
    }

    /// <inheritdoc/>
    public override void Hold(int lane, bool isHeld) => ((double*)Held)[lane] = isHeld ? 1 : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gate()
    {
        V none = V.All(0), held = *Held;
        int sites = 0;
        for (int k = 0; k < _s.Sites; k++)
        {
            LookAhead(k);
            if (k == 0)
            {
                *Stirs = V.Less(none, held, none, *Stirs);
                _s.NextCountdown[0] = V.Less(none, held, _s.Countdown[0], _s.NextCountdown[0]);
            }

            sites = Collect(k, sites);
        }

        Fill(sites);
        RyrCluster<V>.Gate(Groups, (sites + V.Count - 1) / V.Count, _draws, Streams, (int*)_busy.Start);
        Spread(sites);
        V g = _s.Open[0] * Row->Conductance;
        _s.G[0] = V.Less(none, held, g / (1 + (_s.Open[0] * Row->PerCleft)), _s.G[0]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _row.Dispose();
        _groups.Dispose();
        _streams.Dispose();
        _busy.Dispose();
        _draws.Dispose();
    }

    /// <summary>Adds the lanes of a row that have to gate to the groups.</summary>
    /// <returns>Sites collected so far.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Collect(int k, int sites)
    {
        double* stirs = (double*)Stirs;
        for (int lane = 0; lane < V.Count; lane++)
        {
            if (stirs[lane] == 0)
            {
                continue;
            }

            double* from = (double*)Row + lane, to = (double*)(Groups + (sites / V.Count)) + (sites % V.Count);
            for (int field = 0; field < Copied; field++)
            {
                to[field * V.Count] = from[field * V.Count];
            }

            Streams[sites++] = (k * V.Count) + lane;
        }

        return sites;
    }

    /// <summary>Puts the unused elements of the last group at the end of their step.</summary>
    private void Fill(int sites)
    {
        for (int i = sites; i % V.Count != 0; i++)
        {
            (Groups + (i / V.Count))->SetIdle(i % V.Count);
            Streams[i] = _s.Sites * V.Count; // a stream of nobody's
        }
    }

    /// <summary>Takes the sites back from the groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int sites)
    {
        for (int i = 0; i < sites; i++)
        {
            SitePlace<V>* group = Groups + (i / V.Count);
            int element = i % V.Count, at = Streams[i];
            ((double*)_s.NextOpen)[at] = ((double*)&group->Open)[element];
            ((double*)_s.NextInactivated)[at] = ((double*)&group->Inactivated)[element];
            ((double*)_s.NextCountdown)[at] = ((double*)&group->Countdown)[element];
            ((double*)_s.NextDraw)[at] = ((double*)&group->Draw)[element];
            ((double*)_s.G)[at] = ((double*)&group->Conducted)[element] / ((double*)&group->Dt)[element];
        }
    }

    /// <summary>
    /// What a site sees: the linearisation at its cell. Where no channel is open and the countdown outlasts the step, only
    /// the countdown moves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAhead(int k)
    {
        CableRates<V>* r = _step.Rates;
        SitePlace<V>* row = Row;
        int i = _s.CellOf(k);
        _step.Look(i, row);
        V zero = V.All(0), dt = r->Dt, e = _p.E[i], j = _s.J[k];
        V c = row->C, loss = row->Loss, slope = row->DriveSlope, drive = row->Drive;
        V jSlope = _s.JByT[k] * r->PerJunction, top = V.Fma(jSlope * dt, Max(r->Refill * (e - j), zero), j);
        V top2 = top * top, top4 = top2 * top2, opening = row->Opening * top4 / (row->LuminalK4 + top4 + V.All(1e-300));
        V open = _s.Open[k], shut = _s.Inactivated[k], countdown = _s.Countdown[k];

        V inverse = 1 / loss, b = slope * inverse, a = (drive - b) * inverse;
        V x = RyrCluster<V>.Saturation(Max(a, V.Fma(b, dt, a)) + Max(c - a, zero), row->PerK4);
        V closed = _s.Channels[k] - open - shut;
        V rate = V.Fma(closed * opening, x / (1 + x), shut * row->Recovery), rest = V.Fma(-rate, dt, countdown);
        V stirs = V.Less(open, V.All(0.5), V.Less(zero, rest, zero, V.All(1)), V.All(1));
        *Stirs = V.Less(zero, dt, stirs, zero);

        (_s.NextOpen[k], _s.NextInactivated[k], _s.NextCountdown[k]) = (open, shut, rest);
        (_s.NextDraw[k], _s.G[k]) = (_s.Draw[k], zero);
        (row->J, row->Store, row->Dt) = (j, e, dt);
        (row->JunctionSlope, row->HighestJ, row->HighestOpening) = (jSlope, top, opening);
        (row->Channels, row->Open, row->Inactivated) = (_s.Channels[k], open, shut);
        (row->Countdown, row->Draw) = (countdown, _s.Draw[k]);
    }
}
