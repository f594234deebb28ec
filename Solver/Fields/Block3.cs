using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Calcium and two mobile kinetic buffers. Trail: inverse pivot (3 × 3, row by row), the three right-hand sides, and the
/// coupling of calcium to its neighbours.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct Block3<V> : IBlock<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile, G = 9, Coupling = 12;

    /// <inheritdoc/>
    public static int Size => 3;

    /// <inheritdoc/>
    public static int RightSide => 9;

    /// <inheritdoc/>
    public static int TrailLength => 13;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up<R>(CellRun<V>* run, int first, int end, V* neighbours)
        where R : struct, IRapid
    {
        V s = *run->S, nb = *neighbours;
        V* c = R.Is ? run->Side : run->Y, q = R.Is ? run->Side + (2 * Tile) : run->Y;
        for (int i = first; i < end; i++)
        {
            V* t = run->Trail + (i * run->TrailLength);
            V left = i > 0 ? q[i - 1] : R.Is ? *run->SideLeft : *run->Left;
            V right = i + 1 < run->N ? q[i + 1] : R.Is ? *run->SideRight : *run->Right;
            V here = q[i], d = R.Is ? s * run->Side[(3 * Tile) + i] : run->SD[0];
            t[Coupling] = d;
            V h = V.Fma(s, run->F[i], run->D[i] + run->Rhs[i]);
            V own = V.Fma(-s, run->ByC[i], (R.Is ? run->Side[Tile + i] : V.All(1)) + run->Diag[i]);
            h = V.Fma(R.Is ? s : run->SD[0], (left - here) + (right - here), h);
            var (a1, b1, r1) = Exchange(run, 1, i, c[i]);
            var (a2, b2, r2) = Exchange(run, 2, i, c[i]);
            t[0] = V.Fma(nb, d, own + (a1 + a2));
            t[G] = h - (r1 + r2);
            (t[1], t[2], t[3], t[6]) = (-b1, -b2, -a1, -a2);
            (t[5], t[7]) = (V.All(0), V.All(0));
            t[4] = V.Fma(nb, run->SD[1], 1 + b1);
            t[8] = V.Fma(nb, run->SD[2], 1 + b2);
            t[G + 1] = r1 + Diffusion(run, 1, i);
            t[G + 2] = r2 + Diffusion(run, 2, i);
            Eliminate(t, t - run->TrailLength, run->SD[1], run->SD[2]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down<R>(CellRun<V>* run)
        where R : struct, IRapid
    {
        V* t = run->Trail + (run->N * run->TrailLength);
        V d1 = run->SD[1], d2 = run->SD[2], x = t[Coupling] * t[G], y = d1 * t[G + 1], z = d2 * t[G + 2];
        for (int i = run->N; i > 0; i--)
        {
            t -= run->TrailLength;
            V e = V.Fma(t[0], x, V.Fma(t[1], y, V.Fma(t[2], z, t[G])));
            V e1 = V.Fma(t[3], x, V.Fma(t[4], y, V.Fma(t[5], z, t[G + 1])));
            V e2 = V.Fma(t[6], x, V.Fma(t[7], y, V.Fma(t[8], z, t[G + 2])));
            (t[G], t[G + 1], t[G + 2]) = (e, e1, e2);
            (x, y, z) = (t[Coupling] * e, d1 * e1, d2 * e2);
        }
    }

    /// <summary>s times what calcium loses to a buffer: by calcium, by bound (both as positive numbers), and itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V A, V B, V R) Exchange(CellRun<V>* run, int buffer, int i, V c)
    {
        V s = *run->S, bound = run->Y[(buffer * Tile) + i], a = run->On[buffer] * (run->Total[buffer] - bound);
        V r = s * V.Fma(a, c, -(run->Off[buffer] * bound));
        return (s * a, s * V.Fma(run->On[buffer], c, run->Off[buffer]), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Diffusion(CellRun<V>* run, int buffer, int i)
    {
        V* m = run->Y + (buffer * Tile);
        V left = i > 0 ? m[i - 1] : run->Left[buffer * run->LeftStride], right = i + 1 < run->N ? m[i + 1] : run->Right[buffer];
        return V.Fma(run->SD[buffer], (left - m[i]) + (right - m[i]), run->D[(buffer * Tile) + i]);
    }

    /// <summary>Takes the cell before out of this one, and inverts the pivot by cofactors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eliminate(V* t, V* p, V d1, V d2)
    {
        V d = t[Coupling], before = p[Coupling];
        V b11 = V.Fma(-(before * d), p[0], t[0]), b12 = V.Fma(-(before * d1), p[1], t[1]), b13 = V.Fma(-(before * d2), p[2], t[2]);
        V b21 = V.Fma(-(d1 * d), p[3], t[3]), b22 = V.Fma(-(d1 * d1), p[4], t[4]), b23 = -(d1 * d2 * p[5]);
        V b31 = V.Fma(-(d2 * d), p[6], t[6]), b32 = -(d2 * d1 * p[7]), b33 = V.Fma(-(d2 * d2), p[8], t[8]);
        V h = V.Fma(before, p[G], t[G]), h1 = V.Fma(d1, p[G + 1], t[G + 1]), h2 = V.Fma(d2, p[G + 2], t[G + 2]);
        V m11 = V.Fma(b22, b33, -(b23 * b32)), m21 = V.Fma(b23, b31, -(b21 * b33)), m31 = V.Fma(b21, b32, -(b22 * b31));
        V q = 1 / V.Fma(b11, m11, V.Fma(b12, m21, b13 * m31));
        (t[0], t[3], t[6]) = (q * m11, q * m21, q * m31);
        t[1] = q * V.Fma(b13, b32, -(b12 * b33));
        t[4] = q * V.Fma(b11, b33, -(b13 * b31));
        t[7] = q * V.Fma(b12, b31, -(b11 * b32));
        t[2] = q * V.Fma(b12, b23, -(b13 * b22));
        t[5] = q * V.Fma(b13, b21, -(b11 * b23));
        t[8] = q * V.Fma(b11, b22, -(b12 * b21));
        t[G] = V.Fma(t[0], h, V.Fma(t[1], h1, t[2] * h2));
        t[G + 1] = V.Fma(t[3], h, V.Fma(t[4], h1, t[5] * h2));
        t[G + 2] = V.Fma(t[6], h, V.Fma(t[7], h1, t[8] * h2));
    }
}
