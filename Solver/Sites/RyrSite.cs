using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// One cluster of ryanodine receptors with states closed, open and inactivated, behind a quasi-steady cleft (as in
/// Hinch et al. 2004, Biophys J 87:3723): the cleft has c* = (c + w j)/(1 + w), w = n_o g/g_D, the release is
/// n_o g (j − c*), a closed channel opens at k_max · j⁴/(K_L⁴ + j⁴) · c*⁴/(K⁴ + c*⁴).
/// </summary>
/// <param name="Conductance">g of one open channel, µm³/s.</param>
/// <param name="CleftConductance">g_D from cleft to cytosol, µm³/s.</param>
/// <param name="Opening">k_max, 1/s.</param>
/// <param name="K4">K⁴ of cleft calcium, µM⁴.</param>
/// <param name="LuminalK4">K_L⁴ of junctional calcium, µM⁴.</param>
/// <param name="Closing">O→C, 1/s.</param>
/// <param name="Inactivation">O→I, 1/s.</param>
/// <param name="Recovery">I→C, 1/s.</param>
public readonly record struct RyrSite(
    double Conductance, double CleftConductance, double Opening, double K4, double LuminalK4, double Closing,
    double Inactivation, double Recovery)
{
    /// <summary>
    /// Longest pieces over which the hazard is taken as linear, s: with all channels closed the cell's calcium, and with
    /// it the hazard, falls within 0.1 ms; with one open the cleft is nearly saturated and the next event is near.
    /// </summary>
    private const double ClosedPiece = 25e-6, OpenPiece = 60e-6;

    /// <summary>Conductance of the site with <paramref name="open"/> channels open: release is G (j − c), µm³/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReleaseConductance(double open)
    {
        double g = open * Conductance;
        return g / (1 + (g / CleftConductance));
    }

    /// <summary>Calcium in the cleft, µM.</summary>
    /// <param name="open">Open channels.</param>
    /// <param name="c">Calcium of the cell, µM.</param>
    /// <param name="j">Free junctional calcium, µM.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cleft(double open, double c, double j)
    {
        double w = open * Conductance / CleftConductance;
        return (c + (w * j)) / (1 + w);
    }

    /// <summary>Opening rate of one closed channel, 1/s.</summary>
    /// <param name="cleft">Calcium in the cleft, µM.</param>
    /// <param name="j">Free junctional calcium, µM.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double OpeningRate(double cleft, double j)
    {
        double c2 = cleft * cleft, c4 = c2 * c2, j2 = j * j, j4 = j2 * j2;
        return Opening * (j4 * c4) / ((LuminalK4 + j4 + 1e-300) * (K4 + c4));
    }

    /// <summary>
    /// Lets the channels gate for one step: the piecewise-deterministic process, next event when the integral of the
    /// total rate reaches an Exp(1) variate. Events fall inside the step; cleft calcium and release jump there.
    /// </summary>
    /// <param name="state">Channels, countdown and draws; brought to the end of the step.</param>
    /// <param name="place">What the site sees during the step.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="stream">The site's random numbers; a pair an event.</param>
    /// <returns>Mean release conductance over the step, µm³/s.</returns>
    public double Gate(ref RyrState state, SitePlace place, double dt, in RandomStream stream)
    {
        double t = 0, conductance = 0, before = TotalRate(state, place.C, place.J);
        while (t < dt)
        {
            double g = ReleaseConductance(state.Open), h = Math.Min(state.Open == 0 ? ClosedPiece : OpenPiece, dt - t);
            var (c, j) = place.After(t, h, g);
            double after = TotalRate(state, c, j), hazard = 0.5 * h * (before + after);
            if (hazard < state.Countdown)
            {
                state.Countdown -= hazard;
                conductance += g * h;
                t = h < dt - t ? t + h : dt;
                (place.C, place.J, before) = (c, j, after);
                continue;
            }

            // The rate is linear over the piece: before·x + (after − before)·x²/(2h) = countdown.
            double slope = (after - before) / h;
            double x = 2 * state.Countdown / (before + Math.Sqrt(Math.Max(0, (before * before) + (2 * slope * state.Countdown))));
            x = Math.Min(x, h);
            (place.C, place.J) = place.After(t, x, g);
            conductance += g * x;
            t += x;
            Transition(ref state, place.C, place.J, stream);
            before = TotalRate(state, place.C, place.J);
        }

        return conductance / dt;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double TotalRate(in RyrState state, double c, double j)
    {
        double closed = state.Channels - state.Open - state.Inactivated;
        return (closed * OpeningRate(Cleft(state.Open, c, j), j)) + (state.Open * (Closing + Inactivation))
            + (state.Inactivated * Recovery);
    }

    private void Transition(ref RyrState state, double c, double j, in RandomStream stream)
    {
        double opening = (state.Channels - state.Open - state.Inactivated) * OpeningRate(Cleft(state.Open, c, j), j);
        var (which, next) = stream.Pair((ulong)state.Draw);
        state.Draw++;
        state.Countdown = -ScalarLog.Log(next);
        double closing = state.Open * Closing, inactivation = state.Open * Inactivation;
        double at = which * (opening + closing + inactivation + (state.Inactivated * Recovery));
        if (at < opening)
        {
            state.Open++;
        }
        else if (at < opening + closing)
        {
            state.Open--;
        }
        else if (at < opening + closing + inactivation)
        {
            state.Open--;
            state.Inactivated++;
        }
        else if (state.Inactivated > 0)
        {
            state.Inactivated--;
        }
    }
}
