using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// The units of one cell over time. Within an interval each unit is exact (exponential waiting times; junctional calcium between
/// events in closed form), but for cleft and junction that rates see as of the last event. The voltage is that of the middle of
/// the interval, the cytosol that of its start. What leaves a junction enters the cytosol to rounding.
/// </summary>
internal sealed class DyadsRun(Dyads dyads) : CellSitesRun
{
    private const double Active = 1e-4, Quiet = 1e-3, QuietVoltage = -60;
    private readonly DyadRates _rates = new();

    // Fades of junctional calcium over a whole interval and over what is left of it, by state [states].
    private readonly double[] _settled = new double[DyadRates.States], _speed = new double[DyadRates.States], _fade = new double[DyadRates.States];
    private byte[] _state = [];
    private double[] _junction = [], _wait = [];
    private uint[] _events = [];
    private double[] _v = [];
    private ulong _key;
    private uint _replicate;
    private int _count;
    private double _volume, _perUnit, _sr, _openL, _openR, _openJunction, _mean, _capacity, _openings, _triggered;

    /// <inheritdoc/>
    public override void Start(Simulation simulation, ReadOnlySpan<double> state)
    {
        double[] v = _v = simulation.Parameters;
        (_key, _replicate, _count) = (simulation.StreamKey, simulation.Replicate, (int)v[dyads.Count]);
        if (_state.Length < _count)
        {
            (_state, _junction, _wait, _events) = (new byte[_count], new double[_count], new double[_count], new uint[_count]);
        }

        // Volume that the junction of a unit counts with its buffers, µm³; one simulated unit's share of the cytosol, 1/µm³.
        double units = v[dyads.Of("units")], cytosol = v[dyads.Of("volume")];
        _volume = v[dyads.JunctionVolume] * cytosol / (units * v[dyads.JunctionFree]);
        _perUnit = units / (_count * cytosol);
        _capacity = v[dyads.JunctionVolume] / v[dyads.JunctionFree] * dyads.Network.FreeShare(v) / dyads.Network.VolumeRatio(v);
        (_openings, _triggered, _openL, _openR, _openJunction) = (0, 0, 0, 0, 0);
        _rates.Load(dyads, v);
        _mean = state[dyads.Sr];
        SetRates(dyads.Clamp?.At(v, 0, 0) ?? state[dyads.Voltage], Quiet, state);
        for (int i = 0; i < _count; i++)
        {
            var stream = new RandomStream(_key, _replicate, (uint)i + 1);
            (double channel, double receptors) = stream.Pair(0);
            (double available, double wait) = stream.Pair(1);
            double[] leave = _rates.Leave;
            int l = Rest(channel, leave[0] / leave[(5 * 3) + 0], leave[1] / leave[(5 * 6) + 0]);
            int r = Rest(receptors, leave[2] / leave[(5 * 1) + 2], leave[3] / leave[(5 * 2) + 2]);
            int a = available * (leave[4] + leave[(5 * 9) + 4]) < leave[4] ? 1 : 0;
            _state[i] = (byte)((9 * a) + (3 * l) + r);
            (_junction[i], _wait[i], _events[i]) = (state[dyads.Sr], -ScalarLog.Log(wait), 2);
        }

        Count();
    }

    /// <inheritdoc/>
    public override double Advance(double t, double limit, Span<double> state)
    {
        double VoltageAt(double at, ReadOnlySpan<double> y, double within) => dyads.Clamp?.At(_v, at, within) ?? y[dyads.Voltage];
        double most = Math.Min(Quiet, limit - t);
        bool isQuiet = VoltageAt(t, state, t + (1e-3 * most)) < QuietVoltage && VoltageAt(t + most, state, t + (0.999 * most)) < QuietVoltage && _openR < 1e-3;
        double h = (limit - t) / Math.Max(1, Math.Ceiling(((limit - t) / (isQuiet ? Quiet : Active)) - 1e-9));
        SetRates(VoltageAt(t + (0.5 * h), state, t + (0.5 * h)), h, state);
        for (int s = 0; s < DyadRates.States; s++)
        {
            _fade[s] = Exp(-_speed[s] * h);
        }

        double trigger = 0, released = 0, gained = 0;
        for (int i = 0; i < _count; i++)
        {
            int s = _state[i];
            double before = _junction[i], need = h * (_rates.Base[s] + (_rates.PerJunction[s] * before));
            if (need < _wait[i])
            {
                _wait[i] -= need;
                double after = _settled[s] + ((before - _settled[s]) * _fade[s]);
                _junction[i] = after;
                gained += after - before;
                if (_rates.Trigger[s] != 0 || s % 3 == 1)
                {
                    Flow(s, h, before, after, ref trigger, ref released);
                }
            }
            else
            {
                Live(i, h, ref trigger, ref released);
                gained += _junction[i] - before;
            }
        }

        double perTime = _perUnit / h;
        Count();
        state[dyads.Trigger] = perTime * trigger;
        state[dyads.Release] = perTime * released;

        // The refill counts in the junction's volume.
        double refill = perTime * ((_volume * gained) + released) / _v[dyads.JunctionVolume];
        state[dyads.Refill] = refill;
        return t + h >= limit * (1 - 1e-12) ? limit : t + h;
    }

    /// <inheritdoc/>
    public override void Finish(Span<double> observables)
    {
        double scale = _v[dyads.Of("units")] / _count;
        observables[0] = scale * _openings;
        observables[1] = _openings > 0 ? _triggered / _openings : double.NaN;
    }

    // 0, 1 or 2 at equilibrium with odds 1 : open : inactivated.
    private static int Rest(double uniform, double open, double inactivated)
    {
        double at = uniform * (1 + open + inactivated);
        return at < open ? 1 : at < open + inactivated ? 2 : 0;
    }

    private static double Exp(double x) => Elementary.Exp(Lane1.All(Math.Max(x, -700))).Value;

    private void SetRates(double voltage, double h, ReadOnlySpan<double> state)
    {
        bool isShared = _v[dyads.Shared] > 0;
        double time = _v[dyads.RefillTime], both = 1 + _capacity;

        // The network empties into the junctions while it fills them: held at this level, it gives over the interval what it would
        // give if it fell (the difference of the two decays with both capacities).
        _sr = _mean + ((state[dyads.Sr] - _mean) * (1 - Exp(-both * h / time)) / (both * (1 - Exp(-h / time))));
        _rates.Set(voltage, state[dyads.Cytosol], state[dyads.Outside], isShared ? _openL : -1, _openR, _openJunction);
        double refill = 1 / _v[dyads.RefillTime];
        for (int s = 0; s < DyadRates.States; s++)
        {
            _speed[s] = (_rates.ReleasePerJunction[s] / _volume) + refill;
            _settled[s] = ((_rates.Release[s] / _volume) + (_sr * refill)) / _speed[s];
        }
    }

    // One unit through an interval in which at least one event happens.
    private void Live(int i, double h, ref double trigger, ref double released)
    {
        var stream = new RandomStream(_key, _replicate, (uint)i + 1);
        double left = h, wait = _wait[i], junction = _junction[i];
        int s = _state[i];
        while (true)
        {
            double rate = _rates.Base[s] + (_rates.PerJunction[s] * junction), need = rate * left, before = junction;
            double time = need < wait ? left : Math.Min(left, wait / rate);
            junction = _settled[s] + ((junction - _settled[s]) * Exp(-_speed[s] * time));
            Flow(s, time, before, junction, ref trigger, ref released);
            if (need < wait)
            {
                (_wait[i], _junction[i], _state[i]) = (wait - need, junction, (byte)s);
                return;
            }

            left = Math.Max(0, left - time);
            (double which, double next) = stream.Pair(_events[i]++);
            wait = -ScalarLog.Log(next);
            s = After(s, which * rate, _rates.PerJunction[s] * before);
        }
    }

    // ∫ of the fluxes over a time in one state: junctional calcium relaxes, c_j = settled + (before − settled)·e^(−speed·t).
    private void Flow(int s, double time, double before, double after, ref double trigger, ref double released)
    {
        double integral = (_settled[s] * time) + ((before - after) / _speed[s]);
        trigger += (_rates.Trigger[s] * time) - (_rates.TriggerPerJunction[s] * integral);
        released += (_rates.ReleasePerJunction[s] * integral) - (_rates.Release[s] * time);
    }

    // The state after an event; at: its place among the rates of leaving.
    private int After(int s, double at, double inactivatesMore)
    {
        int l = s / 3 % 3, r = s % 3;
        ReadOnlySpan<double> leave = _rates.Leave.AsSpan(5 * s, 5);
        if ((at -= leave[0]) < 0)
        {
            _openings += l == 1 && r == 0 && s >= 9 ? 1 : 0;
            return l == 0 ? s + 3 : s - (3 * l);
        }

        if ((at -= leave[1] + inactivatesMore) < 0)
        {
            return s + 6;
        }

        if ((at -= leave[2]) < 0)
        {
            (_openings, _triggered) = l == 1 && r == 0 && s >= 9 ? (_openings + 1, _triggered + 1) : (_openings, _triggered);
            return r == 0 ? s + 1 : s - r;
        }

        return at - leave[3] < 0 ? s + 2 : s < 9 ? s + 9 : s - 9;
    }

    // Shares of units with the channel and with the receptors open, as the common cleft sees them.
    private void Count()
    {
        int openL = 0, openR = 0;
        double junction = 0, sum = 0;
        for (int i = 0; i < _count; i++)
        {
            int s = _state[i];
            sum += _junction[i];
            openL += s is >= 12 and < 15 ? 1 : 0;
            openR += s % 3 == 1 ? 1 : 0;
            junction += s % 3 == 1 ? _junction[i] : 0;
        }

        (_openL, _openR, _openJunction, _mean) = (openL / (double)_count, openR / (double)_count, junction / _count, sum / _count);
    }
}
