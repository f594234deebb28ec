using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>
/// A Gaussian transient on top of the pool's value: the calcium that a release sensor sees while the channels near it
/// open and close, scaled by the share of their current that is not blocked.
/// </summary>
internal sealed class GaussianProtocol : Protocol
{
    // FWHM = 2·√(2 ln 2)·s; beyond ±8.5 s the Gaussian is below 1e-15.
    private const double Fwhm = 2.3548200450309493, Reach = 8.5;
    private readonly int _amplitude, _fwhm, _time, _block;

    /// <summary>Declares the parameters.</summary>
    public GaussianProtocol(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part)
        : base(scenario, table, medium, part)
    {
        string pool = medium.Pools[Pool].Name;
        _amplitude = Add("amplitude", Unit, 15, 0, 1000, $"peak of {pool} over rest");
        _fwhm = Add("fwhm", "s", 4e-4, 1e-5, 1, "width at half of the peak");
        _time = Add("time", "s", 2e-3, 0, 100, "time of the peak");
        _block = Add("block", "1", 0, 0, 1, "share of the current that makes the transient blocked: 0 none, 1 all");
    }

    /// <inheritdoc/>
    public override double At(ReadOnlySpan<double> v, double t, double within)
    {
        double x = (t - v[_time]) * Fwhm / v[_fwhm];
        return Math.Abs(x) > Reach ? v[Base] : v[Base] + ((1 - v[_block]) * v[_amplitude] * Elementary.Exp(Lane1.All(-0.5 * x * x)).Value);
    }

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        // A long step at rest must not jump over the transient: corners where it begins, where it is steep and at its peak.
        double s = v[_fwhm] / Fwhm;
        ReadOnlySpan<double> at = [-Reach, -3, -1, 0, 1, 3, Reach];
        foreach (double x in at)
        {
            if (after < v[_time] + (x * s))
            {
                return v[_time] + (x * s);
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>Time of the peak, s.</summary>
    public double Time(ReadOnlySpan<double> v) => v[_time];
}
