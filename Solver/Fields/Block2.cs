using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Calcium and one mobile kinetic buffer. Trail: inverse pivot (2 × 2, row by row), the two right-hand sides, and the
/// coupling of calcium to its neighbours where it varies.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct Block2<V> : IBlock<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    /// <inheritdoc/>
    public static int Size => 2;

    /// <inheritdoc/>
    public static int RightSide => 4;

    /// <inheritdoc/>
    public static int TrailLength => 7;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up<R>(CellRun<V>* run, int first, int end, V* neighbours)
        where R : struct, IRapid
    {
        V* t = run->Trail + ((first - 1) * run->TrailLength);
        V i11 = t[0], i12 = t[1], i21 = t[2], i22 = t[3], gc = t[4], gm = t[5];
        V s = *run->S, sd = run->SD[0], dm = run->SD[1], nb = *neighbours, before = R.Is ? t[6] : sd;
        V on = run->On[1], off = run->Off[1], total = run->Total[1];
        V* c = R.Is ? run->Side : run->Y, q = R.Is ? run->Side + (2 * Tile) : run->Y, m = run->Y + Tile;
        V left = first > 0 ? q[first - 1] : R.Is ? *run->SideLeft : *run->Left;
        V leftM = first > 0 ? m[first - 1] : run->Left[run->LeftStride];
        for (int i = first; i < end; i++)
        {
            t += run->TrailLength;
            bool isInside = i + 1 < run->N;
            V* next = isInside ? q + i + 1 : R.Is ? run->SideRight : run->Right, nextM = isInside ? m + i + 1 : run->Right + 1;
            V here = q[i], hereM = m[i], free = R.Is ? c[i] : here, d = R.Is ? s * run->Side[(3 * Tile) + i] : sd;
            V a = on * (total - hereM), r = s * V.Fma(a, free, -(off * hereM));
            a = s * a;
            V b = s * V.Fma(on, free, off);
            V hm = V.Fma(dm, (leftM - hereM) + (*nextM - hereM), run->D[Tile + i] + r);
            V hc = V.Fma(s, run->F[i], run->D[i] + (run->Rhs[i] - r));
            hc = V.Fma(R.Is ? s : sd, (left - here) + (*next - here), hc);
            V mass = R.Is ? run->Side[Tile + i] : V.All(1), bd = before * d, bm = before * dm;
            V b11 = V.Fma(-s, run->ByC[i], mass + run->Diag[i] + a);
            b11 = V.Fma(-bd, i11, V.Fma(nb, d, b11));
            V b22 = V.Fma(-(dm * dm), i22, V.Fma(nb, dm, 1 + b));
            V b12 = V.Fma(bm, i12, b), b21 = V.Fma(dm * d, i21, a); // both negated
            V det = 1 / V.Fma(b11, b22, -(b12 * b21));
            hc = V.Fma(before, gc, hc);
            hm = V.Fma(dm, gm, hm);
            (i11, i12, i21, i22) = (det * b22, det * b12, det * b21, det * b11);
            gc = V.Fma(i11, hc, i12 * hm);
            gm = V.Fma(i21, hc, i22 * hm);
            (t[0], t[1], t[2], t[3], t[4], t[5]) = (i11, i12, i21, i22, gc, gm);
            (left, leftM) = (here, hereM);
            if (R.Is)
            {
                (t[6], before) = (d, d);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down<R>(CellRun<V>* run)
        where R : struct, IRapid
    {
        V* t = run->Trail + (run->N * run->TrailLength);
        V sd = run->SD[0], dm = run->SD[1];
        V x = (R.Is ? t[6] : sd) * t[4], y = dm * t[5];
        for (int i = run->N; i > 0; i--)
        {
            t -= run->TrailLength;
            V e = V.Fma(t[0], x, V.Fma(t[1], y, t[4])), em = V.Fma(t[2], x, V.Fma(t[3], y, t[5]));
            (t[4], t[5]) = (e, em);
            (x, y) = ((R.Is ? t[6] : sd) * e, dm * em);
        }
    }
}
