namespace CalciumSweep.Solver.Sites;

/// <summary>
/// A subunit of the IP3 receptor after De Young and Keizer (1992, PNAS 89:9895): a site for IP3, an activating and an
/// inhibiting site for Ca²⁺, eight states. Its channel is open while all three subunits hold IP3 and activating, but no
/// inhibiting Ca²⁺. State number: 1 if IP3 is bound, + 2 for activating, + 4 for inhibiting Ca²⁺.
/// </summary>
public sealed class Ip3rSubunit
{
    /// <summary>Subunits of a channel.</summary>
    public const int PerChannel = 3;

    /// <summary>Number of states.</summary>
    public const int States = 8;

    /// <summary>The state in which a subunit lets its channel open.</summary>
    public const int Active = 3;

    private readonly double[] _fixed = new double[States], _byCalcium = new double[States], _rest = new double[States];
    private readonly double[,] _rates = new double[States, 3];
    private readonly double _d1, _d2, _d3, _d5;

    /// <summary>With these rates; what does not depend on calcium is computed once.</summary>
    /// <param name="ip3">IP3, µM.</param>
    /// <param name="on">a₁…a₅, 1/(µM s): IP3 without and Ca²⁺ inhibiting with IP3, IP3 with inhibition, Ca²⁺ inhibiting without IP3, Ca²⁺ activating [5].</param>
    /// <param name="d">d₁, d₂, d₃, d₅, µM; d₄ = d₁ d₂/d₃ (detailed balance) [4].</param>
    public Ip3rSubunit(double ip3, ReadOnlySpan<double> on, ReadOnlySpan<double> d)
    {
        (_d1, _d2, _d3, _d5) = (d[0], d[1], d[2], d[3]);
        double d4 = _d1 * _d2 / _d3;
        for (int s = 0; s < States; s++)
        {
            bool hasIp3 = (s & 1) != 0, isActivated = (s & 2) != 0, isInhibited = (s & 4) != 0;
            double bind = isInhibited ? on[2] : on[0], inhibit = hasIp3 ? on[1] : on[3];
            _rates[s, 0] = hasIp3 ? bind * (isInhibited ? _d3 : _d1) : bind * ip3;
            _rates[s, 1] = isActivated ? on[4] * _d5 : on[4];
            _rates[s, 2] = isInhibited ? inhibit * (hasIp3 ? _d2 : d4) : inhibit;
            _fixed[s] = _rates[s, 0] + (isActivated ? _rates[s, 1] : 0) + (isInhibited ? _rates[s, 2] : 0);
            _byCalcium[s] = (isActivated ? 0 : _rates[s, 1]) + (isInhibited ? 0 : _rates[s, 2]);
        }

        Ip3 = ip3;
    }

    /// <summary>IP3, µM.</summary>
    public double Ip3 { get; }

    /// <summary>Rate of leaving a state at no calcium, 1/s [8].</summary>
    public ReadOnlySpan<double> Fixed => _fixed;

    /// <summary>What a µM of calcium adds to it, 1/(µM s) [8].</summary>
    public ReadOnlySpan<double> ByCalcium => _byCalcium;

    /// <summary>Share of subunits that let their channel open, in equilibrium with <paramref name="c"/> µM.</summary>
    public double ActiveShare(double c) =>
        Ip3 * c * _d2 / (((c * Ip3) + (Ip3 * _d2) + (_d1 * _d2) + (c * _d3)) * (c + _d5));

    /// <summary>Rate of leaving the active state, 1/s.</summary>
    public double LeaveActive(double c) => _fixed[Active] + (_byCalcium[Active] * c);

    /// <summary>A state in equilibrium with <paramref name="c"/> µM.</summary>
    /// <param name="c">Calcium, µM.</param>
    /// <param name="u">A uniform in (0, 1).</param>
    public int Draw(double c, double u)
    {
        double sum = 0;
        for (int s = 0; s < States; s++)
        {
            double w = ((s & 1) != 0 ? Ip3 / ((s & 4) != 0 ? _d3 : _d1) : 1) * ((s & 2) != 0 ? c / _d5 : 1);
            sum += _rest[s] = (s & 4) != 0 ? w * c * _d3 / (_d1 * _d2) : w;
        }

        double at = u * sum;
        int state = 0;
        while (state < States - 1 && at >= _rest[state])
        {
            at -= _rest[state++];
        }

        return state;
    }

    /// <summary>Where a subunit goes.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="c">Calcium, µM.</param>
    /// <param name="at">Between 0 and its rate of leaving, 1/s.</param>
    public int Next(int state, double c, double at)
    {
        double ip3 = _rates[state, 0], activating = _rates[state, 1] * ((state & 2) != 0 ? 1 : c);
        return at < ip3 ? state ^ 1 : at < ip3 + activating ? state ^ 2 : state ^ 4;
    }
}
