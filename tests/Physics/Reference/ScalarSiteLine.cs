using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Reference;

/// <summary>
/// The release-site cable written down as plainly as its definition reads, with nothing of the solver in it: arrays of
/// double, explicit midpoint for the fields, and per site an Exp(1) countdown on the total event rate with every event
/// at its time. Slow on purpose. Parameters are read by name from the scenario's values.
/// </summary>
internal sealed class ScalarSiteLine
{
    private const double Dt = 20e-6;
    private readonly Func<string, double> _v;
    private readonly System.Random _random;
    private readonly int _sites, _perSite, _cells;
    private readonly double _dx, _spacing, _leak;
    private readonly double[][] _y, _half, _rate;
    private readonly double[] _junction, _released, _arrival, _countdown;
    private readonly int[] _channels, _open, _inactivated;
    private double _time, _peak;

    /// <summary>A cable at rest, the stimulated site's channels open.</summary>
    /// <param name="v">A parameter's value by name.</param>
    /// <param name="random">Random numbers.</param>
    public ScalarSiteLine(Func<string, double> v, System.Random random)
    {
        (_v, _random) = (v, random);
        (_sites, _spacing) = ((int)v("sites.count"), v("sites.spacing"));
        _perSite = (int)Math.Ceiling((_spacing / v("mesh.dx")) - 1e-9);
        _perSite += _perSite % 2 == 0 ? 1 : 0;
        (_cells, _dx) = (_sites * _perSite, _spacing / _perSite);
        double c0 = v("cytosol.rest"), e0 = v("store.rest"), k = v("serca.k");
        _leak = v("serca.vmax") * c0 * c0 / ((k * k) + (c0 * c0)) / (e0 - c0);
        double s0 = v("buffer.stationary.total") * c0 / (c0 + (v("buffer.stationary.koff") / v("buffer.stationary.kon")));
        double m0 = v("buffer.mobile.total") * c0 / (c0 + (v("buffer.mobile.koff") / v("buffer.mobile.kon")));
        _y = [Filled(c0), Filled(s0), Filled(m0), Filled(e0)];
        _half = [Filled(0), Filled(0), Filled(0), Filled(0)];
        _rate = [Filled(0), Filled(0), Filled(0), Filled(0)];
        double total = e0 + (v("junction.csq.total") * e0 / (v("junction.csq.k") + e0));
        _junction = [.. Enumerable.Repeat(total, _sites)];
        _released = new double[_sites];
        _arrival = [.. Enumerable.Repeat(double.NaN, _sites)];
        _countdown = [.. Enumerable.Range(0, _sites).Select(_ => Exponential())];
        int n = (int)v("sites.channels");
        _channels = [.. Enumerable.Range(0, _sites).Select(i => i == 0 ? n : (int)Math.Round(n * (1 - v("ryr.block"))))];
        _open = [.. Enumerable.Range(0, _sites).Select(i => i == 0 ? n : 0)];
        _inactivated = new int[_sites];
        _peak = c0;
    }

    /// <summary>Runs to the verdict.</summary>
    /// <returns>Verdict, reach in µm, fraction recruited, peak at the sites but the first in µM.</returns>
    public (Outcome Outcome, double Reach, double Recruited, double Peak) Run()
    {
        double fired = _v("fired.fraction") * _v("junction.volume") * _junction[0];
        int far = (int)Math.Ceiling((0.9 * (_sites - 1)) - 1e-9);
        while (true)
        {
            Step(fired);
            int count = _arrival.Skip(1).Count(a => !double.IsNaN(a));
            if (_arrival.Skip(far).Any(a => !double.IsNaN(a)) && count >= (0.9 * far) - 1e-9)
            {
                return Result(Outcome.Wave);
            }

            double ms = _time * 1e3;
            bool onTheMillisecond = Math.Abs(ms - Math.Round(ms)) < 1e-6 && ms > 9.5;
            if (onTheMillisecond && _open.All(o => o == 0) && Enumerable.Range(0, _sites).All(k => At(k) < _v("extinct.calcium")))
            {
                int longest = 0, run = 0;
                foreach (double a in _arrival.Skip(1))
                {
                    run = double.IsNaN(a) ? 0 : run + 1;
                    longest = Math.Max(longest, run);
                }

                return Result(longest >= 3 ? Outcome.Abortive : longest >= 1 ? Outcome.Sparks : Outcome.Quiescent);
            }

            if (_time >= _v("limit.time"))
            {
                return Result(Outcome.Undecided);
            }
        }
    }

    private (Outcome Outcome, double Reach, double Recruited, double Peak) Result(Outcome outcome)
    {
        int reach = _arrival.Skip(1).TakeWhile(a => !double.IsNaN(a)).Count();
        return (outcome, reach * _spacing, _arrival.Skip(1).Count(a => !double.IsNaN(a)) / (_sites - 1.0), _peak);
    }

    private void Step(double fired)
    {
        // Mean conductance of each site over the step, from exact event times at the calcium of the step's middle.
        Rates(_y, new double[_sites]);
        double[] conductance = [.. Enumerable.Range(0, _sites).Select(Gate)];
        double[] before = [.. _released];
        double[] junctionRate = Rates(_y, conductance);
        double[] junctionHalf = [.. _junction];
        for (int f = 0; f < 4; f++)
        {
            for (int i = 0; i < _cells; i++)
            {
                _half[f][i] = _y[f][i] + (0.5 * Dt * _rate[f][i]);
            }
        }

        for (int k = 0; k < _sites; k++)
        {
            _junction[k] += 0.5 * Dt * junctionRate[k];
        }

        junctionRate = Rates(_half, conductance);
        for (int k = 0; k < _sites; k++)
        {
            _released[k] += Dt * conductance[k] * (Free(_junction[k]) - _half[0][CellOf(k)]);
            _junction[k] = junctionHalf[k] + (Dt * junctionRate[k]);
        }

        for (int f = 0; f < 4; f++)
        {
            for (int i = 0; i < _cells; i++)
            {
                _y[f][i] += Dt * _rate[f][i];
            }
        }

        for (int k = 0; k < _sites; k++)
        {
            if (double.IsNaN(_arrival[k]) && _released[k] >= fired)
            {
                _arrival[k] = _time + (Dt * (fired - before[k]) / (_released[k] - before[k]));
            }

            _peak = k > 0 ? Math.Max(_peak, At(k)) : _peak;
        }

        _time += Dt;
    }

    /// <summary>Events of one site during the step; the mean of its conductance to the cell.</summary>
    private double Gate(int k)
    {
        double c = At(k) + (0.5 * Dt * _rate[0][CellOf(k)]), j = Free(_junction[k]), left = Dt, sum = 0;
        if (k == 0 && _time < _v("stimulus.duration") - (0.5 * Dt))
        {
            return Conductance(_open[k]);
        }

        while (true)
        {
            int closed = _channels[k] - _open[k] - _inactivated[k];
            double opening = closed * OpeningRate(_open[k], c, j);
            double closing = _open[k] * _v("channel.closing"), inactivation = _open[k] * _v("channel.inactivation");
            double recovery = _inactivated[k] * _v("channel.recovery"), all = opening + closing + inactivation + recovery;
            if (_countdown[k] >= all * left)
            {
                _countdown[k] -= all * left;
                return (sum + (Conductance(_open[k]) * left)) / Dt;
            }

            double wait = _countdown[k] / all, which = _random.NextDouble() * all;
            sum += Conductance(_open[k]) * wait;
            left -= wait;
            _countdown[k] = Exponential();
            if (which < opening)
            {
                _open[k]++;
            }
            else if (which < opening + closing)
            {
                _open[k]--;
            }
            else if (which < opening + closing + inactivation)
            {
                _open[k]--;
                _inactivated[k]++;
            }
            else
            {
                _inactivated[k]--;
            }
        }
    }

    /// <summary>Derivatives of the fields into <c>_rate</c>; returns those of the junctions' totals.</summary>
    private double[] Rates(double[][] y, double[] conductance)
    {
        double gamma = _v("store.fraction"), vmax = _v("serca.vmax"), k2 = _v("serca.k") * _v("serca.k");
        double sOn = _v("buffer.stationary.kon"), sOff = _v("buffer.stationary.koff"), sTotal = _v("buffer.stationary.total");
        double mOn = _v("buffer.mobile.kon"), mOff = _v("buffer.mobile.koff"), mTotal = _v("buffer.mobile.total");
        double d = _v("cytosol.diffusion"), dm = _v("buffer.mobile.diffusion"), de = _v("store.diffusion");
        for (int i = 0; i < _cells; i++)
        {
            double c = y[0][i], s = y[1][i], m = y[2][i], e = y[3][i];
            double rs = (sOn * c * (sTotal - s)) - (sOff * s), rm = (mOn * c * (mTotal - m)) - (mOff * m);
            double up = (vmax * c * c / (k2 + (c * c))) - (_leak * (e - c));
            _rate[0][i] = (d * Laplacian(y[0], i)) - rs - rm - up;
            _rate[1][i] = rs;
            _rate[2][i] = (dm * Laplacian(y[2], i)) + rm;
            _rate[3][i] = (de * Laplacian(y[3], i)) + (up / gamma);
        }

        var junctionRate = new double[_sites];
        double volume = _v("cable.area") * _dx;
        for (int k = 0; k < _sites; k++)
        {
            int i = CellOf(k);
            double j = Free(_junction[k]), release = conductance[k] * (j - y[0][i]), refill = _v("junction.refill") * (y[3][i] - j);
            _rate[0][i] += release / volume;
            _rate[3][i] -= refill / (gamma * volume);
            junctionRate[k] = (refill - release) / _v("junction.volume");
        }

        return junctionRate;
    }

    private double Laplacian(double[] u, int i) =>
        ((i > 0 ? u[i - 1] - u[i] : 0) + (i < _cells - 1 ? u[i + 1] - u[i] : 0)) / (_dx * _dx);

    private double Conductance(int open)
    {
        double g = open * _v("channel.flux") * _v("release.gain");
        return g / (1 + (g / _v("cleft.conductance")));
    }

    private double OpeningRate(int open, double c, double j)
    {
        double w = open * _v("channel.flux") * _v("release.gain") / _v("cleft.conductance"), cleft = (c + (w * j)) / (1 + w);
        double luminal = Math.Pow(j, 4) / (Math.Pow(_v("channel.luminal.k"), 4) + Math.Pow(j, 4));
        return _v("channel.opening") * luminal * Math.Pow(cleft, 4) / (Math.Pow(_v("channel.k"), 4) + Math.Pow(cleft, 4));
    }

    private double Free(double total)
    {
        double q = _v("junction.csq.total"), k = _v("junction.csq.k"), b = k + q - total;
        return 0.5 * (Math.Sqrt((b * b) + (4 * k * total)) - b);
    }

    private double At(int site) => _y[0][CellOf(site)];

    private int CellOf(int site) => (site * _perSite) + (_perSite / 2);

    private double Exponential() => -Math.Log(1 - _random.NextDouble());

    private double[] Filled(double value) => [.. Enumerable.Repeat(value, _cells)];
}
