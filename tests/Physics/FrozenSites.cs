using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Physics;

/// <summary>One release site whose surroundings stand still: nothing drives the cell but its own loss, which holds it at c.</summary>
internal sealed unsafe class FrozenSites : IDisposable
{
    private readonly RyrSite _site;
    private readonly double _c, _j;
    private readonly ulong _seed;
    private readonly DrawTable _draws = new(1);
    private readonly AlignedMemory _place = new(sizeof(SitePlace<Lane1>));

    public FrozenSites(RyrSite site, double c, double j, ulong seed) => (_site, _c, _j, _seed) = (site, c, j, seed);

    public double Open => Place->Open.Value;

    public double Inactivated => Place->Inactivated.Value;

    public double Draws => Place->Draw.Value;

    private SitePlace<Lane1>* Place => (SitePlace<Lane1>*)_place.Start;

    public void Start(uint run, double open)
    {
        var stream = new RandomStream(_seed, run, 0);
        _draws.Set(0, stream);
        Place->SetSite(0, _site);
        Place->Channels = Lane1.All(20);
        Place->Open = Lane1.All(open);
        Place->Inactivated = Lane1.All(0);
        Place->Countdown = Lane1.All(stream.Exponential(1));
        Place->Draw = Lane1.All(1);
    }

    /// <summary>Gates until the channels have moved once; returns the time passed.</summary>
    public double Event()
    {
        double open = Open, inactivated = Inactivated, t = 0;
        while (Open == open && Inactivated == inactivated)
        {
            // Two events in one step are rarer than 1e-5 of the events.
            double rate = Place->Countdown.Value / HighestRate();
            t += Step(Math.Max(rate * (1 + 1e-9), 1e-12));
        }

        return t;
    }

    /// <summary>Gates for a time; returns it.</summary>
    public double Step(double dt)
    {
        double j4 = _j * _j * _j * _j;
        Place->C = Lane1.All(_c);
        Place->J = Lane1.All(_j);
        Place->HighestJ = Lane1.All(_j);
        Place->HighestOpening = Lane1.All(_site.Opening * j4 / (_site.LuminalK4 + j4));
        Place->Loss = Lane1.All(1);
        Place->Drive = Lane1.All(_c);
        Place->T = Lane1.All(0);
        Place->Dt = Lane1.All(dt);
        int stream = 0, busy = 0;
        RyrCluster<Lane1>.Gate(Place, 1, _draws, &stream, &busy);
        return dt;
    }

    public void Dispose()
    {
        _draws.Dispose();
        _place.Dispose();
    }

    private double HighestRate()
    {
        double closed = 20 - Open - Inactivated;
        return (closed * _site.OpeningRate(_site.Cleft(Open, _c, _j), _j))
            + (Open * (_site.Closing + _site.Inactivation)) + (Inactivated * _site.Recovery);
    }
}
