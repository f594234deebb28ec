using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// Lets the channels of one site gate for a step, in all lanes at once: the piecewise-deterministic process, by thinning.
/// Candidate events come at a rate that the channels' total rate does not exceed before the next of them; each is drawn
/// against the rates of its moment and may come to nothing. Events fall inside the step; cleft calcium and release jump
/// there.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class RyrCluster<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Gates until the end of the step in every lane.</summary>
    /// <param name="rates">The channels.</param>
    /// <param name="place">The site; its channels, countdown and draws are brought to the end of the step.</param>
    /// <param name="draws">Random numbers, a pair a candidate.</param>
    /// <param name="stream">Stream of the site in the first lane; the other lanes follow.</param>
    /// <param name="scratch">Memory of five vectors.</param>
    public static void Gate(RyrRates<V>* rates, SitePlace<V>* place, DrawTable draws, int stream, V* scratch)
    {
        do
        {
            Approach(rates, place, scratch);
            draws.Read(stream, V.Count, (double*)&place->Draw, (double*)(scratch + 3), (double*)(scratch + 4));
            Decide(rates, place, scratch);
        }
        while (IsAny((double*)scratch));
    }

    /// <summary>
    /// Most that the opening rate of all closed channels can be before the next event, given calcium of the cell,
    /// as n·k·x/(1 + x): returns x, the fourth power of the cleft's calcium over K.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Saturation(V highestCleft, V perK4)
    {
        V c2 = highestCleft * highestCleft;
        return c2 * c2 * perK4;
    }

    /// <summary>Brings c and j to the next candidate or to the end of the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Approach(RyrRates<V>* k, SitePlace<V>* p, V* scratch)
    {
        V open = p->Open, w = open * k->PerCleft, w1 = 1 + w, c = p->C, j = p->J, t = p->T, dt = p->Dt;
        V direct = open * k->Conductance * p->PerCell;
        V both = V.Fma(p->Loss, w1, direct), r = 1 / (both * w1);       // both = λ′ (1 + w)
        V perW = both * r, inverse = w1 * (w1 * r), loss = both * perW; // 1/(1 + w), 1/λ′, λ′ = λ + G/volume
        V g = open * k->Conductance * perW;
        V b = p->DriveSlope * inverse, a = (V.Fma(direct * perW, j, p->Drive) - b) * inverse;
        V from = V.Fma(b, t, a), to = V.Fma(b, dt, a);

        // c keeps between the line a + b t and itself moved by what c is off it now.
        V off = c - from, top = Max(from, to) + Max(off, V.All(0));
        V x = Saturation(V.Fma(w, p->HighestJ, top) * perW, k->PerK4), x1 = 1 + x;
        V bound = (p->Channels - open - p->Inactivated) * (p->HighestOpening * x);
        V others = x1 * V.Fma(open, k->Closing + k->Inactivation, p->Inactivated * k->Recovery);
        V total = bound + others, q = 1 / (total * x1 + V.All(1e-300));
        V rate = total * (total * q), left = dt - t;                     // total/(1 + x)
        V h = p->Countdown * (x1 * (x1 * q)), none = V.All(0);
        V fires = V.Less(p->Countdown, rate * left, V.All(1), none);
        h = V.Less(none, fires, Min(h, left), left);

        V decay = Exp(Max(V.All(-700), -(loss * h)));
        V end = V.Less(none, fires, t + h, dt);
        p->C = Max(V.Fma(b, end, V.Fma(off, decay, a)), none); // neighbours that fall may draw the line below zero
        V y = p->JunctionSlope * h, exchange = p->Refill + g;
        p->J = V.Fma(y, V.Fma(p->Refill, p->Store, g * c), j) / V.Fma(y, exchange, V.All(1));
        p->T = end;
        p->Conducted = V.Fma(g, h, p->Conducted);
        p->Countdown = Max(V.Fma(-rate, h, p->Countdown), none);
        (scratch[0], scratch[1], scratch[2]) = (fires, bound, x1);
    }

    /// <summary>What becomes of the candidates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decide(RyrRates<V>* k, SitePlace<V>* p, V* scratch)
    {
        V fires = scratch[0], bound = scratch[1], x1 = scratch[2], which = scratch[3], wait = scratch[4];
        V open = p->Open, shut = p->Inactivated, j = p->J, one = V.All(1), none = V.All(0);
        V w = open * k->PerCleft, closes = x1 * (open * k->Closing), tires = x1 * (open * k->Inactivation);
        V total = bound + (closes + (tires + (x1 * (shut * k->Recovery))));

        // Opening is accepted when which·total < (1 + x)·n·k_max·j⁴/(K_L⁴ + j⁴)·c*⁴/(K⁴ + c*⁴), all without a quotient.
        V w1 = 1 + w, cleft = V.Fma(w, j, p->C), c2 = cleft * cleft, c4 = c2 * c2, ww = w1 * w1, j2 = j * j, j4 = j2 * j2;
        V at = which * total, scale = (k->LuminalK4 + j4) * V.Fma(k->K4, ww * ww, c4);
        V real = x1 * ((p->Channels - open - shut) * (k->Opening * (j4 * c4)));
        V opens = V.Less(at * scale, real, one, none);

        // To: +1 opens, −1 closes; tired: +1 inactivates, −1 recovers.
        V past = at - bound;
        V to = V.Less(past, none, opens, V.Less(past, closes + tires, -one, none));
        V recovers = V.Less(none, shut, -one, none); // none to recover: rounding alone leads here
        V tired = V.Less(past, closes, none, V.Less(past, closes + tires, one, recovers));
        tired = V.Less(past, none, none, tired);
        p->Open = V.Fma(fires, to, open);
        p->Inactivated = V.Fma(fires, tired, shut);
        p->Countdown = V.Less(none, fires, wait, p->Countdown);
        p->Draw = p->Draw + fires;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAny(double* fires)
    {
        double sum = 0;
        for (int lane = 0; lane < V.Count; lane++)
        {
            sum += fires[lane];
        }

        return sum > 0;
    }
}
