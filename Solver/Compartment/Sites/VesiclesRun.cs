using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// The vesicles of one terminal over time, each exact event by event within intervals of 10 µs in which the voltage is that of the
/// middle (extrapolated where the membrane makes it) and cytosolic calcium that of the start.
/// </summary>
internal sealed class VesiclesRun(Vesicles vesicles) : CellSitesRun
{
    private const double Interval = 1e-5, Source = 5182.1348;
    private const int Bound = 5;

    // Rates with j Ca²⁺ bound: unbinding and fusion, 1/s [6].
    private readonly double[] _off = new double[Bound + 1], _fuse = new double[Bound + 1];

    // Channels with one gate and with both gates open, Ca²⁺ bound (−1: the vesicle has fused) [vesicles].
    private short[] _one = [], _both = [];
    private sbyte[] _sensor = [];
    private double[] _wait = [];
    private uint[] _events = [];
    private double[] _v = [];
    private ulong _key;
    private uint _replicate;
    private int _count, _channels;
    private double _perOpen, _reversal, _on, _before, _voltage, _evoked, _minis, _open, _variance;

    /// <inheritdoc/>
    public override void Start(Simulation simulation, ReadOnlySpan<double> state)
    {
        double[] v = _v = simulation.Parameters;
        (_key, _replicate, _count) = (simulation.StreamKey, simulation.Replicate, (int)v[vesicles.Count]);
        if (_sensor.Length < _count)
        {
            (_one, _both, _sensor, _wait, _events) = (new short[_count], new short[_count], new sbyte[_count], new double[_count], new uint[_count]);
        }

        Load(v);
        (_evoked, _minis, _open, _variance) = (0, 0, double.NegativeInfinity, 0);
        (_voltage, _before) = (state[vesicles.Voltage], state[vesicles.Voltage]);
        for (int i = 0; i < _count; i++)
        {
            Draw(i, state[vesicles.Cytosol]);
        }
    }

    /// <inheritdoc/>
    public override double Advance(double t, double limit, Span<double> state)
    {
        if (_count == 0)
        {
            return limit;
        }

        double h = (limit - t) / Math.Max(1, Math.Ceiling(((limit - t) / Interval) - 1e-9));
        _voltage = state[vesicles.Voltage];
        double middle = vesicles.Clamp?.At(_v, t + (0.5 * h), t + (0.5 * h)) ?? _voltage + (0.5 * (_voltage - _before)), o = state[vesicles.Outside];
        _before = _voltage;
        double a = 1780 * Exp(middle / 23.3), b = 140 * Exp(-middle / 15);
        double perOpen = _perOpen * Math.Max(_reversal - middle, 0) * (o / (50 + o)), cytosol = state[vesicles.Cytosol], primed = state[vesicles.Primed];
        double pulse = vesicles.Train.LastBy(_v, t), since = t - vesicles.Train.StartOf(_v, pulse), fused = 0, sum = 0, squares = 0;
        for (int i = 0; i < _count; i++)
        {
            fused += Live(i, h, a, b, cytosol, perOpen, primed);
            sum += _both[i];
            squares += _both[i] * _both[i];
        }

        _minis += pulse < 0 ? fused : 0;
        _evoked += since < Vesicles.Window ? fused : 0;
        if (sum > _open)
        {
            (_open, _variance) = (sum, _count > 1 ? (squares - (sum * sum / _count)) / (_count - 1) : double.NaN);
        }

        return t + h >= limit * (1 - 1e-12) ? limit : t + h;
    }

    /// <inheritdoc/>
    public override void Finish(Span<double> observables)
    {
        double stimuli = vesicles.Train.Count(_v), before = stimuli > 0 ? vesicles.Train.StartOf(_v, 0) : double.NaN;
        observables[0] = _count > 0 && stimuli > 0 ? _evoked / (_count * stimuli) : double.NaN;
        observables[1] = _count > 0 && before > 0 ? _minis / (_count * before) : double.NaN;
        observables[2] = _count > 0 ? _open : double.NaN;
        observables[3] = _count > 0 ? _variance : double.NaN;
    }

    private static double Exp(double x) => Elementary.Exp(Lane1.All(Math.Clamp(x, -700, 700))).Value;

    private void Load(double[] v)
    {
        double C(string name) => vesicles.Channel(v, name);
        double S(string name) => vesicles.Sensor(v, name);
        _channels = (int)Math.Round(C("density"));
        double fade = Exp(-(C("distance") * Math.Sqrt(C("buffer.kon") * C("buffer.total") / C("diffusion"))));
        _perOpen = vesicles.Unblocked(v) * 1e-3 * C("conductance") * (C("ic50") / (C("ic50") + C("cadmium")))
            * Source * fade / (4 * Math.PI * (C("diffusion") * C("distance")));
        (_reversal, _on) = (C("reversal"), S("on"));
        double power = 1, fuse = S("basal");
        for (int j = 0; j <= Bound; j++)
        {
            _off[j] = j * S("off") * power;
            power *= j > 0 ? S("b") : 1;
            _fuse[j] = fuse;
            fuse *= S("f");
        }
    }

    // Gates and sensor in equilibrium at rest.
    private void Draw(int i, double cytosol)
    {
        var random = new RandomCursor(new RandomStream(_key, _replicate, (uint)i + 1));
        double a = 1780 * Exp(_voltage / 23.3), b = 140 * Exp(-_voltage / 15), m = a / (a + b);
        (_one[i], _both[i]) = (0, 0);
        for (int channel = 0; channel < _channels; channel++)
        {
            int open = (random.NextUniform() < m ? 1 : 0) + (random.NextUniform() < m ? 1 : 0);
            _one[i] += (short)(open == 1 ? 1 : 0);
            _both[i] += (short)(open == 2 ? 1 : 0);
        }

        double weight = 1, all = 1;
        for (int j = 1; j <= Bound; j++)
        {
            weight *= (Bound - j + 1) * _on * cytosol / _off[j];
            all += weight;
        }

        double at = random.NextUniform() * all;
        weight = 1;
        int bound = 0;
        while (bound < Bound && (at -= weight) >= 0)
        {
            bound++;
            weight *= (Bound - bound + 1) * _on * cytosol / _off[bound];
        }

        _sensor[i] = (sbyte)bound;
        _wait[i] = random.NextExponential();
        _events[i] = (uint)((random.Index + 1) / 2);
    }

    // One vesicle through an interval; 1 if it fuses.
    private double Live(int i, double h, double a, double b, double cytosol, double perOpen, double primed)
    {
        double left = h, wait = _wait[i];
        int one = _one[i], both = _both[i], j = _sensor[i], closed = _channels - one - both, fused = 0;
        while (true)
        {
            double calcium = cytosol + (perOpen * both);
            double bind = j < 0 ? 0 : (Bound - j) * _on * calcium, unbind = j < 0 ? 0 : _off[j], fuse = j < 0 ? 0 : primed * _fuse[j];
            double first = 2 * a * closed, rate = first + ((a + b) * one) + (2 * b * both) + bind + unbind + fuse;
            if (rate * left < wait)
            {
                (_wait[i], _one[i], _both[i], _sensor[i]) = (wait - (rate * left), (short)one, (short)both, (sbyte)j);
                return fused;
            }

            left = Math.Max(0, left - (wait / rate));
            (double which, double next) = new RandomStream(_key, _replicate, (uint)i + 1).Pair(_events[i]++);
            wait = -ScalarLog.Log(next);
            double at = which * rate;
            if ((at -= first) < 0)
            {
                (closed, one) = (closed - 1, one + 1);
            }
            else if ((at -= b * one) < 0)
            {
                (closed, one) = (closed + 1, one - 1);
            }
            else if ((at -= a * one) < 0)
            {
                (one, both) = (one - 1, both + 1);
            }
            else if ((at -= 2 * b * both) < 0)
            {
                (one, both) = (one + 1, both - 1);
            }
            else if ((at -= bind) < 0)
            {
                j++;
            }
            else if (at - unbind < 0)
            {
                j--;
            }
            else if (j >= 0)
            {
                (j, fused) = (-1, 1);
            }
        }
    }
}
