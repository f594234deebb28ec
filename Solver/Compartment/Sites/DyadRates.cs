using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>
/// Rates and fluxes of a release unit in each of its states over an interval in which voltage, cytosol and network SR are held. A state
/// is 9·a + 3·l + r: a the channel available (not inactivated by voltage), l and r channel and receptors 0 closed, 1 open, 2 inactivated.
/// </summary>
internal sealed class DyadRates
{
    /// <summary>Number of states.</summary>
    public const int States = 18;

    // Hinch et al. 2004, table 1; per second, µM, mV.
    private const double HalfVoltage = -2, Slope = 7, ClosingL = 2.35 / 1e-3, OpeningL = 1 / 1e-3, TauL = 0.65, KL = 0.22, A = 0.0625, B = 14;
    private const double OpeningR = 1 / 1.17e-3, ClosingR = 0.05 / 1.17e-3, TauR = 2.43e-3, Theta = 0.012, C0 = 0.01, D = 100, PkaRise = 0.5, Cleft = 65;

    // Permeabilities, µm³/s; squared half-saturation of the receptors, µM²; 2F/RT, 1/mV; share of inactivation by voltage.
    private double _l, _r, _k2, _perMillivolt, _inactivation;

    /// <summary>Rates of leaving a state in order: channel opens (or closes, or recovers), channel inactivates, receptors likewise, availability changes; 1/s [states × 5].</summary>
    public double[] Leave { get; } = new double[States * 5];

    /// <summary>Rate of leaving a state at all: this plus <see cref="PerJunction"/>·c_j, 1/s [states].</summary>
    public double[] Base { get; } = new double[States];

    /// <inheritdoc cref="Base"/>
    public double[] PerJunction { get; } = new double[States];

    /// <summary>Flux through the L-type channel: this minus <see cref="TriggerPerJunction"/>·c_j, µM µm³/s [states].</summary>
    public double[] Trigger { get; } = new double[States];

    /// <inheritdoc cref="Trigger"/>
    public double[] TriggerPerJunction { get; } = new double[States];

    /// <summary>Flux through the receptors: <see cref="ReleasePerJunction"/>·c_j minus this, µM µm³/s [states].</summary>
    public double[] Release { get; } = new double[States];

    /// <inheritdoc cref="Release"/>
    public double[] ReleasePerJunction { get; } = new double[States];

    /// <summary>Takes over a simulation's parameters.</summary>
    public void Load(Dyads dyads, ReadOnlySpan<double> v)
    {
        double Flux(ReadOnlySpan<double> v, string of, string pka) => 1000 * (v[dyads.Of($"{of}.flux")] * v[dyads.Of($"{of}.gain")]
            * (1 - v[dyads.Of($"{of}.block")]) * (1 + (PkaRise * v[dyads.Of(pka)])));
        (_l, _r) = (Flux(v, "ltype", "pka.ltype"), Flux(v, "ryr", "pka.ryr"));
        double k = v[dyads.Of("ryr.k")];
        (_k2, _perMillivolt, _inactivation) = (k * k, 2 * 96.48533212 / (8.314462618 * v[dyads.Of("temperature")]), v[dyads.Inactivation]);
    }

    /// <summary>The rates at a voltage.</summary>
    /// <param name="voltage">mV.</param>
    /// <param name="cytosol">Free calcium of the cytosol, µM.</param>
    /// <param name="outside">Calcium outside, µM.</param>
    /// <param name="openL">Share of units with the channel open, if they share one cleft; negative if each has its own.</param>
    /// <param name="openR">Share with the receptors open; likewise.</param>
    /// <param name="openJunction">Sum of the junctional calcium of these over the number of all units, µM; likewise.</param>
    public void Set(double voltage, double cytosol, double outside, double openL, double openR, double openJunction)
    {
        double u = _perMillivolt * voltage, e = Exp(-u);
        double drive = Math.Abs(u) < 1e-4 ? 1 + (u * (0.5 + (u / 12))) : u / (1 - e), source = e * outside;
        double permeability = _l * drive, wl = permeability / Cleft, wr = _r / Cleft;
        double x = Exp((voltage - HalfVoltage) / Slope), opening = OpeningL * x / (1 + x);
        double bind = (A + x) / (TauL * KL * (1 + x)), unbind = B / TauL * (A + x) / (A + (B * x));

        // Inactivation by voltage: Jafri, Rice and Winslow 1998, per second.
        double y = (1 / (1 + Exp((voltage + 55) / 7.5))) + (0.1 / (1 + Exp((21 - voltage) / 6)));
        double rate = 1000 / (20 + (600 / (1 + Exp((voltage + 30) / 9.5)))), lost = _inactivation * (1 - y);
        double shared = (cytosol + (openL * wl * source) + (wr * openJunction)) / (1 + (openL * wl) + (openR * wr));
        for (int s = 0; s < States; s++)
        {
            int a = s / 9, l = s / 3 % 3, r = s % 3;
            double flows = a == 1 && l == 1 ? 1 : 0, open = r == 1 ? 1 : 0;

            // Cleft calcium: c + perJunction·c_j.
            double total = 1 + (flows * wl) + (open * wr);
            double c = openL < 0 ? (cytosol + (flows * wl * source)) / total : shared, perJunction = openL < 0 ? open * wr / total : 0;
            Span<double> leave = Leave.AsSpan(5 * s, 5);
            leave[0] = l == 0 ? opening : l == 1 ? ClosingL : unbind;
            leave[1] = l == 0 ? bind * c : 0;
            PerJunction[s] = l == 0 ? bind * perJunction : 0;
            double c2 = c * c, shift = C0 * _k2;
            leave[2] = r == 0 ? OpeningR * c2 / (c2 + _k2) : r == 1 ? ClosingR : Theta * D / TauR * (c2 + shift) / ((D * c2) + shift);
            leave[3] = r == 0 ? (c2 + shift) / (TauR * (c2 + _k2)) : 0;
            leave[4] = rate * (a == 1 ? lost : 1 - lost);
            Base[s] = leave[0] + leave[1] + leave[2] + leave[3] + leave[4];
            (Trigger[s], TriggerPerJunction[s]) = (flows * permeability * (source - c), flows * permeability * perJunction);
            (Release[s], ReleasePerJunction[s]) = (open * _r * c, open * _r * (1 - perJunction));
        }
    }

    private static double Exp(double x) => Elementary.Exp(Lane1.All(Math.Clamp(x, -700, 700))).Value;
}
