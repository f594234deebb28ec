using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Grid;

/// <summary>The parameters of release sites in a sheet or a box: those of the cable, by the same names, and those of the lattice across.</summary>
internal sealed class SiteParameters : ReleaseParameters
{
    private readonly RyrParameters _channels;

    /// <summary>Declares them.</summary>
    public SiteParameters(ParameterTable t, bool isBox)
    {
        Count = t.Add(new("sites.count", "1", 20, 3, 400, "release sites along x", Chosen, IsInteger: true));
        Spacing = t.Add(new("sites.spacing", "µm", 2, 0.3, 10, "distance between sites along x", "sarcomere length 2 µm"));
        Rows = t.Add(new("sites.rows", "1", isBox ? 3 : 5, 1, 400, "release sites along y", Chosen, IsInteger: true));
        Layers = isBox ? t.Add(new("sites.layers", "1", 3, 1, 400, "release sites along z", Chosen, IsInteger: true)) : -1;
        Pitch = t.Add(new("sites.pitch", "µm", isBox ? 0.806 : 0.8, 0.2, 10, "distance between sites along y and z", "0.4–0.8 µm transversely: Izu et al. 2001, Biophys J 80:103"));
        Jitter = t.Add(new("sites.jitter", "1", 0, 0, 0.5, "largest random shift of a site, in distances", "a regular lattice"));
        DeclareCluster(t);
        DeclareRelease(t, hasRadius: true);
        _channels = new RyrParameters(t);
        DeclareProtocol(t, shortest: 0.001, RyrParameters.Block);
    }

    public int Count, Spacing, Rows, Layers, Pitch, Jitter;

    /// <summary>Sites along each direction.</summary>
    public (int X, int Y, int Z) Counts(ReadOnlySpan<double> v) =>
        ((int)v[Count], (int)v[Rows], Layers < 0 ? 1 : (int)v[Layers]);

    /// <summary>What all sites share.</summary>
    public SiteRates Rates(ReadOnlySpan<double> v) => new(_channels.Site(this, v), v[Radius], v[JunctionVolume], v[CsqTotal], v[CsqK], v[Refill]);
}
