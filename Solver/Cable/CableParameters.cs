using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Cable;

/// <summary>The cable's parameters: declared here, found by index afterwards.</summary>
internal sealed class CableParameters : ReleaseParameters
{
    /// <summary>Declares all of them.</summary>
    public CableParameters(ParameterTable t, ScenarioDefinition scenario, SiteKind kind)
    {
        SiteCount = t.Add(new("sites.count", "1", 20, 12, 400, "release sites along the cable", Chosen, IsInteger: true));
        Spacing = t.Add(new("sites.spacing", "µm", 2, 0.3, 10, "distance between sites", "sarcomere length 2 µm"));
        DeclareCluster(t);
        Area = t.Add(new("cable.area", "µm²", 0.65, 0.1, 10, "cytosol area served by one site", "sites 0.4–0.8 µm apart transversely: Izu et al. 2001, Biophys J 80:103; " + Chosen));
        Diffusion = t.Add(new("cytosol.diffusion", "µm²/s", 220, 10, 600, "diffusion of free calcium", "Allbritton et al. 1992, Science 258:1812"));
        CytosolRest = t.Add(new("cytosol.rest", "µM", 0.1, 0.02, 0.3, "resting free calcium", "Bers 2001, Excitation–Contraction Coupling"));
        Buffers(t, scenario);
        StoreRest = t.Add(new("store.rest", "µM", 700, 50, 3000, "resting free calcium of the store", "SR 700–1000 µM: Bers 2001"));
        StoreDiffusion = t.Add(new("store.diffusion", "µm²/s", 30, 0, 300, "diffusion in the network store", "literature 8–60, chosen"));
        StoreFraction = t.Add(new("store.fraction", "1", 0.055, 0.005, 0.5, "network store volume over cytosol volume", "Bers 2001"));
        DeclareRelease(t, hasRadius: false);
        kind.Declare(t);
        DeclareProtocol(t, shortest: 0.05, kind.Block);
        MeshDx = t.Add(new("mesh.dx", "µm", 0.25, 0.02, 1, "upper bound of the cell length", "converged at 0.4 µm"));
    }

    public int SiteCount, Spacing, Area, Diffusion, CytosolRest;
    public int StoreRest, StoreDiffusion, StoreFraction, MeshDx;

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
