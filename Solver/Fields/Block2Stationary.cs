using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// The commonest medium in two passes: calcium, one mobile and one stationary kinetic buffer. The sweep up waits for each
/// cell's division (some 40 cycles); the stationary buffer is eliminated, and on the way down the new values are taken, in that time.
/// Same formulas as <see cref="Block2{V}"/>, <see cref="StationaryPass{V}"/> and <see cref="TakePass{V}"/>, and the same trail.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class Block2Stationary<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile, Stationary = 2, Weight = 7, Residual = 8;

    /// <inheritdoc cref="IBlock{V}.Up"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up(CellRun<V>* run, int first, int end, V* neighbours)
    {
        int length = run->TrailLength, inside = run->N - 1;
        V* t = run->Trail + ((first - 1) * length), c = run->Y, m = c + Tile, b = m + Tile;
        V* dc = run->D, dm1 = dc + Tile, db = dm1 + Tile, flow = run->F, slope = run->ByC, right = run->Right;
        V i11 = t[0], i12 = t[1], i21 = t[2], i22 = t[3], gc = t[4], gm = t[5];
        V s = *run->S, d = run->SD[0], dm = run->SD[1], nb = *neighbours, dd = d * d, ddm = d * dm, dmm = dm * dm;
        V son = s * run->On[1], soff = s * run->Off[1], total = run->Total[1];
        V ton = s * run->On[Stationary], toff = s * run->Off[Stationary], most = run->Total[Stationary];
        V left = first > 0 ? c[first - 1] : *run->Left, leftM = first > 0 ? m[first - 1] : run->Left[run->LeftStride];
        for (int i = first; i < end; i++)
        {
            t += length;
            V* next = i < inside ? c + i + 1 : right, nextM = i < inside ? m + i + 1 : right + 1;
            V here = c[i], hereM = m[i], bound = b[i];
            V free = ton * (most - bound), w = 1 / V.Fma(ton, here, 1 + toff), loss = V.Fma(ton, here, toff);
            V rs = V.Fma(free, here, -(toff * bound)), rho = db[i] + rs;
            (t[Weight], t[Residual]) = (w, rho);
            V a = son * (total - hereM), r = V.Fma(a, here, -(soff * hereM)), back = V.Fma(son, here, soff);
            V hm = V.Fma(dm, gm + ((leftM - hereM) + (*nextM - hereM)), dm1[i] + r);
            V hc = V.Fma(s, flow[i], dc[i] - r) + V.Fma(loss * w, rho, -rs);
            hc = V.Fma(d, gc + ((left - here) + (*next - here)), hc);
            V b11 = V.Fma(-s, slope[i], V.Fma(free, w, 1 + a));
            b11 = V.Fma(-dd, i11, V.Fma(nb, d, b11));
            V b22 = V.Fma(-dmm, i22, V.Fma(nb, dm, 1 + back)), b12 = V.Fma(ddm, i12, back), b21 = V.Fma(ddm, i21, a);
            V det = 1 / V.Fma(b11, b22, -(b12 * b21));
            i11 = det * b22;
            i12 = det * b12;
            i21 = det * b21;
            i22 = det * b11;
            gc = V.Fma(i11, hc, i12 * hm);
            gm = V.Fma(i21, hc, i22 * hm);
            t[0] = i11;
            t[1] = i12;
            t[2] = i21;
            t[3] = i22;
            t[4] = gc;
            t[5] = gm;
            left = here;
            leftM = hereM;
        }
    }

    /// <summary>Back substitution of a tile, right to left, and the new values of all three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down(CellRun<V>* run)
    {
        int length = run->TrailLength;
        V* t = run->Trail + (run->N * length), c = run->Y, m = c + Tile, b = m + Tile;
        V d = run->SD[0], dm = run->SD[1], ton = *run->S * run->On[Stationary], most = run->Total[Stationary];
        V top = run->Norm[0], bottom = run->Norm[1], lowest = run->Norm[3], absolute = run->Tolerance[0], relative = run->Tolerance[1];
        V x = d * t[4], y = dm * t[5];
        for (int i = run->N - 1; i >= 0; i--)
        {
            t -= length;
            V e = V.Fma(t[0], x, V.Fma(t[1], y, t[4])), em = V.Fma(t[2], x, V.Fma(t[3], y, t[5]));
            t[4] = e;
            t[5] = em;
            x = d * e;
            y = dm * em;
            V star = c[i], bound = b[i], next = star + e, nextM = m[i] + em, nextB = V.Fma(t[Weight], V.Fma(ton * (most - bound), e, t[Residual]), bound);
            c[i] = next;
            m[i] = nextM;
            b[i] = nextB;
            lowest = V.Less(next, lowest, next, lowest);
            lowest = V.Less(nextM, lowest, nextM, lowest);
            lowest = V.Less(nextB, lowest, nextB, lowest);
            V size = V.Abs(e), weight = V.Fma(relative, star, absolute), mine = size * bottom, theirs = top * weight;
            top = V.Less(theirs, mine, size, top);
            bottom = V.Less(theirs, mine, weight, bottom);
        }

        run->Norm[0] = top;
        run->Norm[1] = bottom;
        run->Norm[3] = lowest;
    }
}
