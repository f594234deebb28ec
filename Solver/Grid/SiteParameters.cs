using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>The parameters of release sites in a sheet or a box: those of the cable, by the same names, and those of the lattice across.</summary>
internal sealed class SiteParameters
{
    private const string Chosen = "chosen so that the phase diagram has both phases";
    private const string Hinch = "Hinch et al. 2004, Biophys J 87:3723";
    private const string Sobie = "Sobie et al. 2002, Biophys J 83:59";

    /// <summary>Declares them.</summary>
    public SiteParameters(ParameterTable t, bool isBox)
    {
        Count = t.Add(new("sites.count", "1", 20, 3, 400, "release sites along x", Chosen, IsInteger: true));
        Spacing = t.Add(new("sites.spacing", "µm", 2, 0.3, 10, "distance between sites along x", "sarcomere length 2 µm"));
        Rows = t.Add(new("sites.rows", "1", isBox ? 3 : 5, 1, 400, "release sites along y", Chosen, IsInteger: true));
        Layers = isBox ? t.Add(new("sites.layers", "1", 3, 1, 400, "release sites along z", Chosen, IsInteger: true)) : -1;
        Pitch = t.Add(new("sites.pitch", "µm", isBox ? 0.806 : 0.8, 0.2, 10, "distance between sites along y and z", "0.4–0.8 µm transversely: Izu et al. 2001, Biophys J 80:103"));
        Jitter = t.Add(new("sites.jitter", "1", 0, 0, 0.5, "largest random shift of a site, in distances", "a regular lattice"));
        Channels = t.Add(new("sites.channels", "1", 20, 1, 200, "channels of a site", "clusters of 10–100 RyR: " + Hinch, IsInteger: true));
        Gain = t.Add(new("release.gain", "1", 1, 0.05, 20, "multiplies the unitary conductance", "control"));
        JunctionVolume = t.Add(new("junction.volume", "µm³", 0.1, 0.001, 1, "volume of a site's junctional store", Chosen));
        CsqTotal = t.Add(new("junction.csq.total", "µM", 10000, 0, 50000, "calsequestrin", Sobie + " (form)"));
        CsqK = t.Add(new("junction.csq.k", "µM", 800, 50, 5000, "[Ca²⁺] of half-saturated calsequestrin", Sobie + " (form)"));
        Refill = t.Add(new("junction.refill", "µm³/s", 1, 0, 100, "conductance from the network store", Chosen));
        ChannelFlux = t.Add(new("channel.flux", "µm³/s", 2, 0.01, 50, "conductance of one open channel", "0.27 pA at 700 µM, chosen"));
        Cleft = t.Add(new("cleft.conductance", "µm³/s", 130, 1, 2000, "conductance from cleft to cytosol", "2 × " + Hinch));
        Radius = t.Add(new("cleft.radius", "µm", 0.1, 0.01, 0.5, "distance from the site at which the cleft ends and the cytosol begins", "radius of a couplon of tens of RyR: Franzini-Armstrong et al. 1999, Biophys J 77:1528"));
        Opening = t.Add(new("channel.opening", "1/s", 2000, 1, 1e5, "largest opening rate of a closed channel", Chosen));
        ChannelK = t.Add(new("channel.k", "µM", 5, 0.5, 100, "cleft [Ca²⁺] of half-maximal opening (Hill 4)", Sobie + " (4.3–6 µM)"));
        Closing = t.Add(new("channel.closing", "1/s", 500, 10, 1e4, "closing rate", Sobie + " (480 /s)"));
        LuminalK = t.Add(new("channel.luminal.k", "µM", 400, 0, 5000, "junctional [Ca²⁺] of half-maximal opening (Hill 4); 0 switches it off", Chosen));
        Inactivation = t.Add(new("channel.inactivation", "1/s", 80, 0, 1e4, "rate of inactivation of an open channel", "spark release of 10–40 ms, chosen"));
        Recovery = t.Add(new("channel.recovery", "1/s", 5, 0, 1e3, "rate of recovery from inactivation", "refractory for about 200 ms, chosen"));
        StimulusDuration = t.Add(new("stimulus.duration", "s", 0.010, 0, 0.2, "for how long all channels of the stimulated sites are held open", Chosen));
        FiredFraction = t.Add(new("fired.fraction", "1", 0.05, 0.005, 0.5, "a site has fired once it released this share of its junction", "one blip about 2.4, a spark about 200 µM µm³"));
        ExtinctCalcium = t.Add(new("extinct.calcium", "µM", 0.3, 0.02, 1, "below it at every site, with no channel open, activity has ended", Chosen));
        TimeLimit = t.Add(new("limit.time", "s", 4, 0.001, 60, "cell time after which a simulation is undecided", "the slowest waves take 2 s"));
        Block = t.Add(new("ryr.block", "1", 0, 0, 1, "share of the channels removed at all sites but the stimulated", "no block"));
    }

    public int Count, Spacing, Rows, Layers, Pitch, Jitter, Channels, Gain, JunctionVolume, CsqTotal, CsqK, Refill;
    public int ChannelFlux, Cleft, Radius, Opening, ChannelK, Closing, LuminalK, Inactivation, Recovery;
    public int StimulusDuration, FiredFraction, ExtinctCalcium, TimeLimit, Block;

    /// <summary>Sites along each direction.</summary>
    public (int X, int Y, int Z) Counts(ReadOnlySpan<double> v) =>
        ((int)v[Count], (int)v[Rows], Layers < 0 ? 1 : (int)v[Layers]);

    /// <summary>What all sites share.</summary>
    public SiteRates Rates(ReadOnlySpan<double> v) => new(
        new RyrSite(
            v[ChannelFlux] * v[Gain], v[Cleft], v[Opening], Fourth(v[ChannelK]), Fourth(v[LuminalK]), v[Closing], v[Inactivation], v[Recovery]),
        v[Radius], v[JunctionVolume], v[CsqTotal], v[CsqK], v[Refill]);

    private static double Fourth(double x) => x * x * (x * x);
}
