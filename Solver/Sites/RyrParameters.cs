using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Sites;

/// <summary>The parameters of ryanodine receptors with three states (<see cref="RyrSite"/>): declared here, found by index afterwards.</summary>
internal sealed class RyrParameters
{
    /// <summary>Name of the parameter that blocks them.</summary>
    public const string Block = "ryr.block";

    private const string Chosen = "chosen so that the phase diagram has both phases", Sobie = "Sobie et al. 2002, Biophys J 83:59";

    private readonly int _opening, _k, _closing, _luminalK, _inactivation, _recovery;

    /// <summary>Declares them.</summary>
    public RyrParameters(ParameterTable t)
    {
        _opening = t.Add(new("channel.opening", "1/s", 2000, 1, 1e5, "largest opening rate of a closed channel", Chosen));
        _k = t.Add(new("channel.k", "µM", 5, 0.5, 100, "cleft [Ca²⁺] of half-maximal opening (Hill 4)", Sobie + " (4.3–6 µM)"));
        _closing = t.Add(new("channel.closing", "1/s", 500, 10, 1e4, "closing rate", Sobie + " (480 /s)"));
        _luminalK = t.Add(new("channel.luminal.k", "µM", 400, 0, 5000, "junctional [Ca²⁺] of half-maximal opening (Hill 4); 0 switches it off", Chosen));
        _inactivation = t.Add(new("channel.inactivation", "1/s", 80, 0, 1e4, "rate of inactivation of an open channel", "spark release of 10–40 ms, chosen"));
        _recovery = t.Add(new("channel.recovery", "1/s", 5, 0, 1e3, "rate of recovery from inactivation", "refractory for about 200 ms, chosen"));
    }

    /// <summary>Kinetics of the channels of every site.</summary>
    public RyrSite Site(ReleaseParameters p, ReadOnlySpan<double> v) => new(
        v[p.ChannelFlux] * v[p.Gain], v[p.Cleft], v[_opening], Fourth(v[_k]), Fourth(v[_luminalK]), v[_closing], v[_inactivation], v[_recovery]);

    /// <summary>How often a channel opens at rest, 1/s.</summary>
    /// <param name="v">Parameters.</param>
    /// <param name="cytosol">Free calcium of the cytosol, µM.</param>
    /// <param name="store">Free calcium of the junction, µM.</param>
    public double RestOpening(ReadOnlySpan<double> v, double cytosol, double store)
    {
        double c4 = Fourth(cytosol / v[_k]), j4 = Fourth(v[_luminalK] / store);
        return v[_opening] * c4 / (1 + c4) / (1 + j4);
    }

    private static double Fourth(double x) => x * x * (x * x);
}
