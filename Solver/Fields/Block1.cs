using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>Calcium without mobile kinetic buffers. Trail: 1/pivot, right-hand side, coupling to the neighbours.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct Block1<V> : IBlock<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public static int RightSide => 1;

    /// <inheritdoc/>
    public static int TrailLength => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up<R>(CellRun<V>* run, int first, int end, V* neighbours)
        where R : struct, IRapid
    {
        V* t = run->Trail + ((first - 1) * run->TrailLength);
        V s = *run->S, sd = *run->SD, nb = *neighbours, inverse = t[0], g = t[1], before = t[2];
        V* q = R.Is ? run->Side + (2 * Tile) : run->Y;
        V left = first > 0 ? q[first - 1] : R.Is ? *run->SideLeft : *run->Left;
        for (int i = first; i < end; i++)
        {
            t += run->TrailLength;
            V* next = i + 1 < run->N ? q + i + 1 : R.Is ? run->SideRight : run->Right;
            V here = q[i], d = R.Is ? s * run->Side[(3 * Tile) + i] : sd;
            V mass = R.Is ? run->Side[Tile + i] : V.All(1);
            V h = V.Fma(s, run->F[i], run->D[i] + run->Rhs[i]);
            h = V.Fma(R.Is ? s : sd, (left - here) + (*next - here), h);
            V pivot = V.Fma(nb, d, V.Fma(-s, run->ByC[i], mass + run->Diag[i]));
            pivot = V.Fma(-(before * d), inverse, pivot);
            g = V.Fma(before, g, h);
            inverse = 1 / pivot;
            g = g * inverse;
            (t[0], t[1], t[2], before, left) = (inverse, g, d, d, here);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down<R>(CellRun<V>* run)
        where R : struct, IRapid
    {
        V* t = run->Trail + (run->N * run->TrailLength);
        V x = t[2] * t[1];
        for (int i = run->N; i > 0; i--)
        {
            t -= run->TrailLength;
            V e = V.Fma(t[0], x, t[1]);
            t[1] = e;
            x = t[2] * e;
        }
    }
}
