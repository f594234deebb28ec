using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Cable;

/// <summary>Ryanodine receptors with three states: <see cref="RyrSite"/>.</summary>
internal sealed class RyrKind : SiteKind
{
    private const string Sobie = "Sobie et al. 2002, Biophys J 83:59";
    private int _opening, _k, _closing, _luminalK, _inactivation, _recovery;

    /// <inheritdoc/>
    public override string Block => "ryr.block";

    /// <inheritdoc/>
    public override void Declare(ParameterTable t)
    {
        _opening = t.Add(new("channel.opening", "1/s", 2000, 1, 1e5, "largest opening rate of a closed channel", "chosen so that the phase diagram has both phases"));
        _k = t.Add(new("channel.k", "µM", 5, 0.5, 100, "cleft [Ca²⁺] of half-maximal opening (Hill 4)", Sobie + " (4.3–6 µM)"));
        _closing = t.Add(new("channel.closing", "1/s", 500, 10, 1e4, "closing rate", Sobie + " (480 /s)"));
        _luminalK = t.Add(new("channel.luminal.k", "µM", 400, 0, 5000, "junctional [Ca²⁺] of half-maximal opening (Hill 4); 0 switches it off", "chosen so that the phase diagram has both phases"));
        _inactivation = t.Add(new("channel.inactivation", "1/s", 80, 0, 1e4, "rate of inactivation of an open channel", "spark release of 10–40 ms, chosen"));
        _recovery = t.Add(new("channel.recovery", "1/s", 5, 0, 1e3, "rate of recovery from inactivation", "refractory for about 200 ms, chosen"));
    }

    /// <inheritdoc/>
    public override double RestOpening(CableParameters p, double[] v)
    {
        double c = v[p.CytosolRest] / v[_k], j = v[_luminalK] / v[p.StoreRest];
        double c4 = c * c * c * c, j4 = j * j * j * j;
        return v[_opening] * c4 / (1 + c4) / (1 + j4);
    }

    /// <summary>The channels of a site.</summary>
    public RyrSite Site(CableParameters p, double[] v) => new(
        v[p.ChannelFlux] * v[p.Gain], v[p.Cleft], v[_opening], Fourth(v[_k]), Fourth(v[_luminalK]), v[_closing],
        v[_inactivation], v[_recovery]);

    /// <inheritdoc/>
    public override SiteGates<V> NewGates<V>(CableParameters p, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step) =>
        new SiteRow<V>(this, p, planes, sites, step);

    private static double Fourth(double x) => x * x * (x * x);
}
