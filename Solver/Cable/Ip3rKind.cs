using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Cable;

/// <summary>IP3 receptors, subunit by subunit: <see cref="Ip3rCluster"/>. IP3 is the same everywhere.</summary>
internal sealed class Ip3rKind : SiteKind
{
    private const string Keizer = "De Young and Keizer 1992, PNAS 89:9895";
    private static readonly (string Name, double Default, string Meaning)[] _binding =
    [
        ("channel.a1", 400, "binding of IP3, not inhibited"), ("channel.a2", 0.2, "binding of inhibiting Ca²⁺, with IP3"),
        ("channel.a3", 400, "binding of IP3, inhibited"), ("channel.a4", 0.2, "binding of inhibiting Ca²⁺, without IP3"),
        ("channel.a5", 20, "binding of activating Ca²⁺"),
    ];

    private static readonly (string Name, double Default, string Meaning)[] _constants =
    [
        ("channel.d1", 0.13, "dissociation of IP3, not inhibited"), ("channel.d2", 1.049, "dissociation of inhibiting Ca²⁺, with IP3"),
        ("channel.d3", 0.9434, "dissociation of IP3, inhibited"), ("channel.d5", 0.08234, "dissociation of activating Ca²⁺"),
    ];

    private int[] _on = [], _d = [];
    private int _ip3;

    /// <inheritdoc/>
    public override string Block => "ip3r.block";

    /// <inheritdoc/>
    public override void Declare(ParameterTable t)
    {
        _ip3 = t.Add(new("ip3.concentration", "µM", 0.1, 0, 100, "IP3, the same everywhere", "chosen"));
        _on = [.. _binding.Select(b => t.Add(new(b.Name, "1/(µM s)", b.Default, 1e-3, 1e4, b.Meaning, Keizer)))];
        _d = [.. _constants.Select(d => t.Add(new(d.Name, "µM", d.Default, 1e-3, 100, d.Meaning, Keizer)))];
    }

    /// <summary>A channel opens as often as it closes: three subunits may leave.</summary>
    public override double RestOpening(CableParameters p, double[] v)
    {
        Ip3rSubunit kinetics = Kinetics(v);
        double c = v[p.CytosolRest], x = kinetics.ActiveShare(c);
        return x * x * x * Ip3rSubunit.PerChannel * kinetics.LeaveActive(c);
    }

    /// <summary>The subunits' rates.</summary>
    public Ip3rSubunit Kinetics(double[] v) => new(v[_ip3], [.. _on.Select(i => v[i])], [.. _d.Select(i => v[i])]);

    /// <inheritdoc/>
    public override SiteGates<V> NewGates<V>(CableParameters p, CablePlanes<V> planes, SitePlanes<V> sites, CableStep<V> step) =>
        new Ip3rRow<V>(this, p, planes, sites, step);
}
