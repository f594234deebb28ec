using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// Lets the channels of a single site gate, event by event: for sheets and boxes, where a simulation stands alone and its
/// sites see cells of their own. <see cref="RyrCluster{V}"/> does the same for many sites at once.
/// </summary>
internal static class RyrEvents
{
    /// <summary>
    /// Longest pieces over which the hazard is taken as linear, s: with all channels closed the cell's calcium, and with
    /// it the hazard, falls within 0.1 ms; with one open the cleft is nearly saturated and the next event is near.
    /// </summary>
    private const double ClosedPiece = 25e-6, OpenPiece = 60e-6;

    /// <summary>
    /// Lets the channels gate for one step: the piecewise-deterministic process, next event when the integral of the
    /// total rate reaches an Exp(1) variate. Events fall inside the step; cleft calcium and release jump there.
    /// </summary>
    /// <param name="site">Kinetics of its channels.</param>
    /// <param name="state">Channels, countdown and draws; brought to the end of the step.</param>
    /// <param name="place">What the site sees during the step.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="stream">The site's random numbers; a pair an event.</param>
    /// <returns>Mean release conductance over the step, µm³/s.</returns>
    public static double Gate(in RyrSite site, ref RyrState state, SiteOutlook place, double dt, in RandomStream stream)
    {
        double t = 0, conductance = 0, before = TotalRate(site, state, place.C, place.J);
        while (t < dt)
        {
            double g = site.ReleaseConductance(state.Open), h = Math.Min(state.Open == 0 ? ClosedPiece : OpenPiece, dt - t);
            var (c, j) = place.After(t, h, g);
            double after = TotalRate(site, state, c, j), hazard = 0.5 * h * (before + after);
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
            Transition(site, ref state, place.C, place.J, stream);
            before = TotalRate(site, state, place.C, place.J);
        }

        return conductance / dt;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double TotalRate(in RyrSite site, in RyrState state, double c, double j)
    {
        double closed = state.Channels - state.Open - state.Inactivated;
        return (closed * site.OpeningRate(site.Cleft(state.Open, c, j), j)) + (state.Open * (site.Closing + site.Inactivation))
            + (state.Inactivated * site.Recovery);
    }

    private static void Transition(in RyrSite site, ref RyrState state, double c, double j, in RandomStream stream)
    {
        double opening = (state.Channels - state.Open - state.Inactivated) * site.OpeningRate(site.Cleft(state.Open, c, j), j);
        var (which, next) = stream.Pair((ulong)state.Draw);
        state.Draw++;
        state.Countdown = -ScalarLog.Log(next);
        double closing = state.Open * site.Closing, inactivation = state.Open * site.Inactivation;
        double at = which * (opening + closing + inactivation + (state.Inactivated * site.Recovery));
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
