using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// Lets the channels of sites gate for a step: the piecewise-deterministic process, by thinning. Candidate events come at
/// a rate that the channels' total rate does not exceed before the next of them; each is drawn against the rates of its
/// moment and may come to nothing. Events fall inside the step; cleft calcium and release jump there.
/// </summary>
/// <remarks>
/// Sites stand in groups of one per vector element, whatever lane they come from. All groups move on by one candidate in
/// turn: one group is a chain of dependent operations, several of them overlap.
/// </remarks>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class RyrCluster<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Gates until the end of the step.</summary>
    /// <param name="groups">The sites; channels, countdown and draws are brought to the end of the step.</param>
    /// <param name="count">Groups.</param>
    /// <param name="draws">Random numbers, a pair a candidate.</param>
    /// <param name="streams">Stream of each site [groups × lanes].</param>
    /// <param name="busy">Memory for one number a group.</param>
    public static void Gate(SitePlace<V>* groups, int count, DrawTable draws, int* streams, int* busy)
    {
        for (int g = 0; g < count; g++)
        {
            busy[g] = g;
        }

        while (count > 0)
        {
            for (int n = 0; n < count; n++)
            {
                Approach(groups + busy[n]);
            }

            int left = 0;
            for (int n = 0; n < count; n++)
            {
                SitePlace<V>* group = groups + busy[n];
                if (IsAny((long*)&group->Fires))
                {
                    draws.Read(streams + (busy[n] * V.Count), V.Count, (double*)&group->Draw, (double*)&group->Which, (double*)&group->Wait);
                    busy[left++] = busy[n];
                }
            }

            count = left;
            for (int n = 0; n < count; n++)
            {
                Decide(groups + busy[n]);
            }
        }
    }

    /// <summary>
    /// x = (c*/K)⁴ for the highest c* there can be: opening is then no faster than x/(1 + x) of what a cleft full of
    /// calcium would give.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Saturation(V highestCleft, V perK4)
    {
        V c2 = highestCleft * highestCleft;
        return c2 * c2 * perK4;
    }

    /// <summary>Brings c and j to the next candidate or to the end of the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Approach(SitePlace<V>* p)
    {
        V open = p->Open, w = open * p->PerCleft, w1 = 1 + w, c = p->C, j = p->J, t = p->T, dt = p->Dt, none = V.All(0);
        V direct = open * p->Conductance, perVolume = direct * p->PerCell;
        V both = V.Fma(p->Loss, w1, perVolume), r = 1 / (both * w1);    // both = λ′ (1 + w)
        V perW = both * r, inverse = w1 * (w1 * r), loss = both * perW; // 1/(1 + w), 1/λ′, λ′ = λ + G/volume
        V g = direct * perW, b = p->DriveSlope * inverse;
        V a = (V.Fma(perVolume * perW, j, p->Drive) - b) * inverse, from = V.Fma(b, t, a), to = V.Fma(b, dt, a);

        // c stays between the line a + b t and itself moved by what c is off it now.
        V off = c - from, top = Max(from, to) + Max(off, none);
        V x = Saturation(V.Fma(w, p->HighestJ, top) * perW, p->PerK4), x1 = 1 + x;
        V bound = (p->Channels - open - p->Inactivated) * (p->HighestOpening * x);
        V others = x1 * V.Fma(open, p->Closing + p->Inactivation, p->Inactivated * p->Recovery);
        V total = bound + others, q = 1 / V.Fma(total, x1, V.All(1e-300));
        V rate = total * (total * q), left = dt - t;                    // total/(1 + x)
        V fires = V.Less(p->Countdown, rate * left, V.All(1), none);
        V h = V.Less(none, fires, Min(p->Countdown * (x1 * (x1 * q)), left), left);

        V decay = Exp(Max(V.All(-700), -(loss * h))), end = V.Less(none, fires, t + h, dt), y = p->JunctionSlope * h;
        p->C = Max(V.Fma(b, end, V.Fma(off, decay, a)), none);          // falling neighbours may draw the line below zero
        p->J = V.Fma(y, V.Fma(p->Refill, p->Store, g * c), j) / V.Fma(y, p->Refill + g, V.All(1));
        p->T = end;
        p->Conducted = V.Fma(g, h, p->Conducted);
        p->Countdown = Max(V.Fma(-rate, h, p->Countdown), none);
        (p->Fires, p->Bound, p->X1) = (fires, bound, x1);
    }

    /// <summary>What becomes of the candidates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decide(SitePlace<V>* p)
    {
        V fires = p->Fires, bound = p->Bound, x1 = p->X1, one = V.All(1), none = V.All(0);
        V open = p->Open, shut = p->Inactivated, j = p->J;
        V w = open * p->PerCleft, closes = x1 * (open * p->Closing), leaves = V.Fma(x1, open * p->Inactivation, closes);
        V total = bound + V.Fma(x1, shut * p->Recovery, leaves), at = p->Which * total, past = at - bound;

        // An opening is accepted when which·total < (1 + x)·n·k_max·j⁴/(K_L⁴ + j⁴)·c*⁴/(K⁴ + c*⁴), without the quotients.
        V w1 = 1 + w, cleft = V.Fma(w, j, p->C), c2 = cleft * cleft, c4 = c2 * c2, ww = w1 * w1, j2 = j * j, j4 = j2 * j2;
        V scale = (p->LuminalK4 + j4) * V.Fma(p->K4, ww * ww, c4);
        V real = x1 * ((p->Channels - open - shut) * (p->Opening * (j4 * c4)));
        V opens = V.Less(at * scale, real, one, none);

        // moves: +1 opens, −1 closes or inactivates; tires: +1 inactivates, −1 recovers.
        V moves = V.Less(past, none, opens, V.Less(past, leaves, -one, none));
        V recovers = V.Less(none, shut, -one, none);                    // none is left to recover: rounding led here
        V tires = V.Less(past, closes, none, V.Less(past, leaves, one, recovers));
        p->Open = V.Fma(fires, moves, open);
        p->Inactivated = V.Fma(fires, V.Less(past, none, none, tires), shut);
        p->Countdown = V.Less(none, fires, p->Wait, p->Countdown);
        p->Draw = p->Draw + fires;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAny(long* fires)
    {
        long any = 0;
        for (int i = 0; i < V.Count; i++)
        {
            any |= fires[i];
        }

        return any != 0;
    }
}
