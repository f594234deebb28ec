using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>The IP3 receptors of a bundle during a step, cluster by cluster and lane by lane.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class Ip3rRow<V> : SiteGates<V>
    where V : unmanaged, ILanes<V>
{
    private const int MostChannels = 200, CountBytes = Ip3rSubunit.States * sizeof(int);
    private const int Stride = (CountBytes + (MostChannels * Ip3rSubunit.PerChannel) + 63) / 64 * 64;
    private readonly Ip3rKind _kind;
    private readonly CableParameters _parameters;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly CableStep<V> _step;
    private readonly DrawTable _draws;
    private readonly Ip3rSubunit?[] _kinetics = new Ip3rSubunit?[V.Count];
    private readonly double[] _conductance = new double[V.Count], _perCleft = new double[V.Count];
    private readonly bool[] _isHeld = new bool[V.Count];
    private readonly AlignedMemory _row = new(sizeof(SitePlace<V>) + (2 * sizeof(V))), _memory;
    private byte* _now, _next;

    /// <summary>Sites over the given memory.</summary>
    public Ip3rRow(Ip3rKind kind, CableParameters parameters, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step)
    {
        (_kind, _parameters, _p, _s, _step) = (kind, parameters, planes, sites, step);
        _draws = new DrawTable(sites.Sites * V.Count);
        long half = (long)sites.Sites * V.Count * Stride;
        _memory = new AlignedMemory(2 * half);
        _now = (byte*)_memory.Start;
        _next = _now + half;
    }

    private SitePlace<V>* Row => (SitePlace<V>*)_row.Start;

    /// <summary>Slope and highest value of junctional calcium.</summary>
    private V* Junction => (V*)(Row + 1);

    /// <inheritdoc/>
    public override void SetLane(int lane, Simulation simulation, ReadOnlySpan<(double Channels, double Open)> starts)
    {
        double[] v = simulation.Parameters;
        CableParameters p = _parameters;
        Ip3rSubunit kinetics = _kind.Kinetics(v);
        _kinetics[lane] = kinetics;
        (_conductance[lane], _perCleft[lane]) = (v[p.ChannelFlux] * v[p.Gain], v[p.ChannelFlux] * v[p.Gain] / v[p.Cleft]);
        ((double*)&Row->PerCell)[lane] = ((double*)&_step.Rates->PerCell)[lane];
        for (int k = 0; k < _s.Sites; k++)
        {
            var stream = new RandomStream(simulation.StreamKey, simulation.Replicate, (uint)k);
            int at = (k * V.Count) + lane, open = 0, subunits = (int)starts[k].Channels * Ip3rSubunit.PerChannel;
            byte* site = _now + ((long)at * Stride);
            new Span<byte>(site, Stride).Clear();
            _draws.Set(at, stream);
            for (int i = 0; i < subunits; i++)
            {
                bool isOpened = i < starts[k].Open * Ip3rSubunit.PerChannel;
                int state = isOpened ? Ip3rSubunit.Active : kinetics.Draw(v[p.CytosolRest], stream.Pair((ulong)(1 + i)).Even);
                site[CountBytes + i] = (byte)state;
                ((int*)site)[state]++;
            }

            for (byte* c = site + CountBytes; c < site + CountBytes + subunits; c += Ip3rSubunit.PerChannel)
            {
                open += c[0] == Ip3rSubunit.Active && c[1] == Ip3rSubunit.Active && c[2] == Ip3rSubunit.Active ? 1 : 0;
            }

            ((double*)_s.Open)[at] = open;
            ((double*)_s.Draw)[at] = 1 + subunits;
        }
    }

    /// <inheritdoc/>
    public override void Hold(int lane, bool isHeld) => _isHeld[lane] = isHeld;

    /// <inheritdoc/>
    public override void Gate()
    {
        CableRates<V>* r = _step.Rates;
        V none = V.All(0);
        for (int k = 0; k < _s.Sites; k++)
        {
            int cell = _s.CellOf(k);
            _step.Look(cell, Row);
            V j = _s.J[k];
            Junction[0] = _s.JByT[k] * r->PerJunction;
            Junction[1] = V.Fma(Junction[0] * r->Dt, Max(r->Refill * (_p.E[cell] - j), none), j);
            _s.G[k] = none;
            for (int lane = 0; lane < V.Count; lane++)
            {
                if (((double*)&r->Dt)[lane] > 0)
                {
                    Gate(k, lane, ((double*)(_p.E + cell))[lane]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Withdraw(V accepted)
    {
        for (int at = 0; at < _s.Sites * V.Count; at++)
        {
            if (((double*)&accepted)[at % V.Count] == 0)
            {
                Copy(at);
            }
        }
    }

    /// <inheritdoc/>
    public override void Swap()
    {
        byte* past = _now;
        _now = _next;
        _next = past;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _row.Dispose();
        _memory.Dispose();
        _draws.Dispose();
    }

    private void Copy(int at)
    {
        int bytes = CountBytes + ((int)((double*)_s.Channels)[at] * Ip3rSubunit.PerChannel);
        System.Buffer.MemoryCopy(_now + ((long)at * Stride), _next + ((long)at * Stride), bytes, bytes);
    }

    private void Gate(int k, int lane, double store)
    {
        CableRates<V>* r = _step.Rates;
        int at = (k * V.Count) + lane;
        byte* site = _next + ((long)at * Stride);
        Copy(at);
        var cluster = new Ip3rCluster
        {
            Kinetics = _kinetics[lane]!,
            Conductance = _conductance[lane],
            PerCleft = _perCleft[lane],
            Counts = (int*)site,
            Subunits = site + CountBytes,
            Channels = (int)((double*)_s.Channels)[at],
            Open = (int)((double*)_s.Open)[at],
            Countdown = ((double*)_s.Countdown)[at],
        };
        var draws = new SiteDraws(_draws, at, ((double*)_s.Draw)[at]);
        double g = cluster.Open * cluster.Conductance / (1 + (cluster.Open * cluster.PerCleft));
        if (k > 0 || !_isHeld[lane])
        {
            double dt = ((double*)&r->Dt)[lane];
            var place = new SiteOutlook
            {
                C = ((double*)&Row->C)[lane],
                J = ((double*)(_s.J + k))[lane],
                Drive = ((double*)&Row->Drive)[lane],
                DriveSlope = ((double*)&Row->DriveSlope)[lane],
                Loss = ((double*)&Row->Loss)[lane],
                PerCell = ((double*)&Row->PerCell)[lane],
                Refill = ((double*)&r->Refill)[lane],
                Store = store,
                JunctionSlope = ((double*)Junction)[lane],
            };
            g = cluster.Gate(place, ((double*)(Junction + 1))[lane], dt, ref draws);
        }

        int inhibited = cluster.Counts[4] + cluster.Counts[5] + cluster.Counts[6] + cluster.Counts[7];
        ((double*)_s.G)[at] = g;
        ((double*)_s.NextOpen)[at] = cluster.Open;
        ((double*)_s.NextInactivated)[at] = inhibited;
        ((double*)_s.NextCountdown)[at] = cluster.Countdown;
        ((double*)_s.NextDraw)[at] = draws.Draw;
    }
}
