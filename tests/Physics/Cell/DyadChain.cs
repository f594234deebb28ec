namespace CalciumSweep.Physics.Cell;

/// <summary>
/// The nine states of one release unit of Hinch et al. 2004 (channel and receptors closed, open or inactivated) as a linear chain with held
/// cytosol and store, written apart from the solver and advanced by the classical Runge–Kutta method.
/// </summary>
internal sealed class DyadChain
{
    private const int States = 9;
    private const double Step = 1e-5, PerMillivolt = 2 * 96.48533212 / (8.314462618 * 310.15), Outside = 1000, Cytosol = 0.1, Cleft = 65, PerUnit = 50000 / 25840.0;
    private readonly double[,] _rates = new double[States, States];
    private readonly double[] _triggerOf = new double[States], _releaseOf = new double[States];
    private readonly double _store, _channel, _receptors;

    private DyadChain(double voltage, double store, double trigger, double release)
    {
        (_store, _channel, _receptors) = (store, 0.913 * trigger, 20 * release);
        double u = PerMillivolt * voltage, drive = Math.Abs(u) < 1e-6 ? 1 + (u / 2) : u / (1 - Math.Exp(-u)), source = Outside * Math.Exp(-u);
        double wl = _channel * drive / Cleft, wr = _receptors / Cleft, e = Math.Exp((voltage + 2) / 7), k2 = 41 * 41.0;
        for (int l = 0; l < 3; l++)
        {
            for (int r = 0; r < 3; r++)
            {
                bool channel = l == 1, receptors = r == 1;
                double x = (Cytosol + (channel ? wl * source : 0) + (receptors ? wr * store : 0)) / (1 + (channel ? wl : 0) + (receptors ? wr : 0)), x2 = x * x;
                int at = (3 * l) + r;
                Add(at, l == 0 ? 3 + r : r, l == 0 ? 1000 * e / (1 + e) : l == 1 ? 2350 : 14 / 0.65 * (e + 0.0625) / ((14 * e) + 0.0625));
                Add(at, 6 + r, l == 0 ? x * (e + 0.0625) / (0.65 * 0.22 * (e + 1)) : 0);
                Add(at, r == 0 ? at + 1 : 3 * l, r == 0 ? x2 / (1.17e-3 * (x2 + k2)) : r == 1 ? 0.05 / 1.17e-3 : 1.2 * (x2 + (0.01 * k2)) / (2.43e-3 * ((100 * x2) + (0.01 * k2))));
                Add(at, (3 * l) + 2, r == 0 ? (x2 + (0.01 * k2)) / (2.43e-3 * (x2 + k2)) : 0);
                _triggerOf[at] = channel ? PerUnit * _channel * drive * (source - x) : 0;
                _releaseOf[at] = receptors ? PerUnit * _receptors * (store - x) : 0;
            }
        }
    }

    /// <summary>A clamp from −80 mV, where the units are at rest: highest fluxes (µM/s) and integrals (µM) from its start up to each of some times.</summary>
    /// <param name="voltage">mV.</param>
    /// <param name="store">Calcium of the store, µM.</param>
    /// <param name="trigger">What the flux of a channel is multiplied with.</param>
    /// <param name="release">What that of receptors is multiplied with.</param>
    /// <param name="times">Ascending, s.</param>
    public static (double PeakTrigger, double PeakRelease, (double Trigger, double Release)[] Integrals) Clamp(
        double voltage, double store, double trigger, double release, params double[] times)
    {
        double[] p = new DyadChain(-80, store, trigger, release).Rest();
        var chain = new DyadChain(voltage, store, trigger, release);
        double peakTrigger = 0, peakRelease = 0, triggered = 0, released = 0, before = Dot(chain._triggerOf, p), beforeR = Dot(chain._releaseOf, p);
        var integrals = new List<(double, double)>();
        for (int step = 1; integrals.Count < times.Length; step++)
        {
            p = chain.Advance(p);
            double now = Dot(chain._triggerOf, p), nowR = Dot(chain._releaseOf, p);
            (peakTrigger, peakRelease) = (Math.Max(peakTrigger, now), Math.Max(peakRelease, nowR));
            triggered += 0.5 * Step * (before + now);
            released += 0.5 * Step * (beforeR + nowR);
            (before, beforeR) = (now, nowR);
            if (step == (int)Math.Round(times[integrals.Count] / Step))
            {
                integrals.Add((triggered, released));
            }
        }

        return (peakTrigger, peakRelease, [.. integrals]);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private void Add(int from, int to, double rate)
    {
        _rates[to, from] += rate;
        _rates[from, from] -= rate;
    }

    // The stationary state: Gauss with the last line replaced by the sum.
    private double[] Rest()
    {
        var m = new double[States, States + 1];
        for (int i = 0; i < States; i++)
        {
            for (int j = 0; j < States; j++)
            {
                m[i, j] = i == States - 1 ? 1 : _rates[i, j];
            }
        }

        m[States - 1, States] = 1;
        for (int i = 0; i < States; i++)
        {
            int pivot = Enumerable.Range(i, States - i).MaxBy(k => Math.Abs(m[k, i]));
            for (int j = 0; j <= States; j++)
            {
                (m[i, j], m[pivot, j]) = (m[pivot, j], m[i, j]);
            }

            for (int k = 0; k < States; k++)
            {
                double factor = k == i ? 0 : m[k, i] / m[i, i];
                for (int j = i; j <= States && factor != 0; j++)
                {
                    m[k, j] -= factor * m[i, j];
                }
            }
        }

        return [.. Enumerable.Range(0, States).Select(i => m[i, States] / m[i, i])];
    }

    private double[] Advance(double[] p)
    {
        double[] k1 = By(p), k2 = By(Moved(p, k1, 0.5 * Step)), k3 = By(Moved(p, k2, 0.5 * Step)), k4 = By(Moved(p, k3, Step));
        return [.. p.Select((x, i) => x + (Step / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i])))];
    }

    private static double[] Moved(double[] p, double[] k, double by) => [.. p.Select((x, i) => x + (by * k[i]))];

    private double[] By(double[] p)
    {
        var sum = new double[States];
        for (int i = 0; i < States; i++)
        {
            for (int j = 0; j < States; j++)
            {
                sum[i] += _rates[i, j] * p[j];
            }
        }

        return sum;
    }
}
