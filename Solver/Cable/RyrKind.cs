using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Cable;

/// <summary>Ryanodine receptors with three states: <see cref="RyrSite"/>.</summary>
internal sealed class RyrKind : SiteKind
{
    private RyrParameters? _channels;

    /// <inheritdoc/>
    public override string Block => RyrParameters.Block;

    private RyrParameters Channels => _channels!;

    /// <inheritdoc/>
    public override void Declare(ParameterTable t) => _channels = new RyrParameters(t);

    /// <inheritdoc/>
    public override double RestOpening(CableParameters p, double[] v) => Channels.RestOpening(v, v[p.CytosolRest], v[p.StoreRest]);

    /// <summary>The channels of a site.</summary>
    public RyrSite Site(CableParameters p, double[] v) => Channels.Site(p, v);

    /// <inheritdoc/>
    public override SiteGates<V> NewGates<V>(CableParameters p, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step) =>
        new SiteRow<V>(this, p, planes, sites, step);
}
