using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>The cable's parameters: declared here, found by index afterwards.</summary>
internal sealed class CableParameters
{
    private const string Chosen = "chosen so that the phase diagram has both phases";
    private const string Hinch = "Hinch et al. 2004, Biophys J 87:3723";
    private const string Sobie = "Sobie et al. 2002, Biophys J 83:59";

    /// <summary>Declares all of them.</summary>
    public CableParameters(ParameterTable t, ScenarioDefinition scenario, SiteKind kind)
    {
        SiteCount = t.Add(new("sites.count", "1", 20, 12, 400, "release sites along the cable", Chosen, IsInteger: true));
        Spacing = t.Add(new("sites.spacing", "µm", 2, 0.3, 10, "distance between sites", "sarcomere length 2 µm"));
        Channels = t.Add(new("sites.channels", "1", 20, 1, 200, "channels of a site", "clusters of 10–100 RyR: " + Hinch, IsInteger: true));
        Gain = t.Add(new("release.gain", "1", 1, 0.05, 20, "multiplies the unitary conductance", "control"));
        Area = t.Add(new("cable.area", "µm²", 0.65, 0.1, 10, "cytosol area served by one site", "sites 0.4–0.8 µm apart transversely: Izu et al. 2001, Biophys J 80:103; " + Chosen));
        Diffusion = t.Add(new("cytosol.diffusion", "µm²/s", 220, 10, 600, "diffusion of free calcium", "Allbritton et al. 1992, Science 258:1812"));
        CytosolRest = t.Add(new("cytosol.rest", "µM", 0.1, 0.02, 0.3, "resting free calcium", "Bers 2001, Excitation–Contraction Coupling"));
        Buffers(t, scenario);
        StoreRest = t.Add(new("store.rest", "µM", 700, 50, 3000, "resting free calcium of the store", "SR 700–1000 µM: Bers 2001"));
        StoreDiffusion = t.Add(new("store.diffusion", "µm²/s", 30, 0, 300, "diffusion in the network store", "literature 8–60, chosen"));
        StoreFraction = t.Add(new("store.fraction", "1", 0.055, 0.005, 0.5, "network store volume over cytosol volume", "Bers 2001"));
        JunctionVolume = t.Add(new("junction.volume", "µm³", 0.1, 0.001, 1, "volume of a site's junctional store", Chosen));
        CsqTotal = t.Add(new("junction.csq.total", "µM", 10000, 0, 50000, "calsequestrin", Sobie + " (form)"));
        CsqK = t.Add(new("junction.csq.k", "µM", 800, 50, 5000, "[Ca²⁺] of half-saturated calsequestrin", Sobie + " (form)"));
        Refill = t.Add(new("junction.refill", "µm³/s", 1, 0, 100, "conductance from the network store", Chosen));
        ChannelFlux = t.Add(new("channel.flux", "µm³/s", 2, 0.01, 50, "conductance of one open channel", "0.27 pA at 700 µM, chosen"));
        Cleft = t.Add(new("cleft.conductance", "µm³/s", 130, 1, 2000, "conductance from cleft to cytosol", "2 × " + Hinch));
        kind.Declare(t);
        StimulusDuration = t.Add(new("stimulus.duration", "s", 0.010, 0, 0.2, "for how long all channels of site 0 are held open", Chosen));
        FiredFraction = t.Add(new("fired.fraction", "1", 0.05, 0.005, 0.5, "a site has fired once it released this share of its junction", "one blip about 2.4, a spark about 200 µM µm³"));
        ExtinctCalcium = t.Add(new("extinct.calcium", "µM", 0.3, 0.02, 1, "below it everywhere, with no channel open, activity has ended", Chosen));
        TimeLimit = t.Add(new("limit.time", "s", 4, 0.05, 60, "cell time after which a simulation is undecided", "the slowest waves take 2 s"));
        Block = t.Add(new(kind.Block, "1", 0, 0, 1, "share of the channels removed at all sites but the stimulated one", "no block"));
        MeshDx = t.Add(new("mesh.dx", "µm", 0.25, 0.02, 1, "upper bound of the cell length", "converged at 0.4 µm"));
    }

    public int SiteCount, Spacing, Channels, Gain, Area, Diffusion, CytosolRest;
    public int StoreRest, StoreDiffusion, StoreFraction, JunctionVolume, CsqTotal, CsqK, Refill;
    public int ChannelFlux, Cleft;
    public int StimulusDuration, FiredFraction, ExtinctCalcium, TimeLimit, Block, MeshDx;

    /// <summary>Defaults of the two buffers that go by the names of site-line; those of all others are their own.</summary>
    private static void Buffers(ParameterTable t, ScenarioDefinition scenario)
    {
        if (scenario.Parts.Any(p => p is { Role: "buffer", Name: "buffer.stationary", Use: "stationary" }))
        {
            t.Add(new("buffer.stationary.total", "µM", 60, 0, 2000, "stationary buffer", "troponin-like amount"));
            t.Add(new("buffer.stationary.kon", "1/(µM s)", 50, 0.1, 1000, "binding", "K = 2 µM, " + Chosen));
            t.Add(new("buffer.stationary.koff", "1/s", 100, 0.1, 1e5, "unbinding", "K = 2 µM, " + Chosen));
        }

        if (scenario.Parts.Any(p => p is { Role: "buffer", Name: "buffer.mobile", Use: "mobile" }))
        {
            t.Add(new("buffer.mobile.total", "µM", 50, 0, 2000, "mobile buffer", "dye, ATP and calmodulin"));
            t.Add(new("buffer.mobile.kon", "1/(µM s)", 80, 0.1, 1000, "binding", "fluo-3-like: Smith et al. 1998, Biophys J 75:15"));
            t.Add(new("buffer.mobile.koff", "1/s", 90, 0.1, 1e5, "unbinding", "fluo-3-like: Smith et al. 1998, Biophys J 75:15"));
            t.Add(new("buffer.mobile.diffusion", "µm²/s", 90, 0, 300, "diffusion of the mobile buffer", "between dye in cells (20–40) and BAPTA (95–113), chosen"));
        }
    }
}
