using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Sites;

/// <summary>The parameters of release sites, whatever their channels, the same in a line, a sheet and a box: declared here, found by index afterwards.</summary>
internal abstract class ReleaseParameters
{
    protected const string Chosen = "chosen so that the phase diagram has both phases";
    protected const string Hinch = "Hinch et al. 2004, Biophys J 87:3723";
    private const string Sobie = "Sobie et al. 2002, Biophys J 83:59";

    public int Channels, Gain, JunctionVolume, CsqTotal, CsqK, Refill;
    public int ChannelFlux, Cleft, Radius = -1;
    public int StimulusDuration, FiredFraction, ExtinctCalcium, TimeLimit, Block;

    /// <summary>Declares how many channels a site has and how much one conducts.</summary>
    protected void DeclareCluster(ParameterTable t)
    {
        Channels = t.Add(new("sites.channels", "1", 20, 1, 200, "channels of a site", "clusters of 10–100 RyR: " + Hinch, IsInteger: true));
        Gain = t.Add(new("release.gain", "1", 1, 0.05, 20, "multiplies the unitary conductance", "control"));
    }

    /// <summary>Declares junction and cleft.</summary>
    /// <param name="t">The table.</param>
    /// <param name="hasRadius">True where the mesh does not resolve the edge of the cleft.</param>
    protected void DeclareRelease(ParameterTable t, bool hasRadius)
    {
        JunctionVolume = t.Add(new("junction.volume", "µm³", 0.1, 0.001, 1, "volume of a site's junctional store", Chosen));
        CsqTotal = t.Add(new("junction.csq.total", "µM", 10000, 0, 50000, "calsequestrin", Sobie + " (form)"));
        CsqK = t.Add(new("junction.csq.k", "µM", 800, 50, 5000, "[Ca²⁺] of half-saturated calsequestrin", Sobie + " (form)"));
        Refill = t.Add(new("junction.refill", "µm³/s", 1, 0, 100, "conductance from the network store", Chosen));
        ChannelFlux = t.Add(new("channel.flux", "µm³/s", 2, 0.01, 50, "conductance of one open channel", "0.27 pA at 700 µM, chosen"));
        Cleft = t.Add(new("cleft.conductance", "µm³/s", 130, 1, 2000, "conductance from cleft to cytosol", "2 × " + Hinch));
        if (hasRadius)
        {
            Radius = t.Add(new("cleft.radius", "µm", 0.1, 0.01, 0.5, "distance from the site at which the cleft ends and the cytosol begins", "radius of a couplon of tens of RyR: Franzini-Armstrong et al. 1999, Biophys J 77:1528"));
        }
    }

    /// <summary>Declares stimulus and end.</summary>
    /// <param name="t">The table.</param>
    /// <param name="shortest">Lower bound of the time limit, s.</param>
    /// <param name="block">Name of the parameter that blocks the channels.</param>
    protected void DeclareProtocol(ParameterTable t, double shortest, string block)
    {
        StimulusDuration = t.Add(new("stimulus.duration", "s", 0.010, 0, 0.2, "for how long all channels of the stimulated sites are held open", Chosen));
        FiredFraction = t.Add(new("fired.fraction", "1", 0.05, 0.005, 0.5, "a site has fired once it released this share of its junction", "one blip about 2.4, a spark about 200 µM µm³"));
        ExtinctCalcium = t.Add(new("extinct.calcium", "µM", 0.3, 0.02, 1, "below it at every site, with no channel open, activity has ended", Chosen));
        TimeLimit = t.Add(new("limit.time", "s", 4, shortest, 60, "cell time after which a simulation is undecided", "the slowest waves take 2 s"));
        Block = t.Add(new(block, "1", 0, 0, 1, "share of the channels removed at all sites but the stimulated", "no block"));
    }
}
