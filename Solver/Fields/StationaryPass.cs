using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// A stationary kinetic buffer, eliminated point by point: e = w·(ρ + s·a·e_c) with ρ = ψ − y* + s·R, w = 1/(1 + s·b). What it
/// leaves in the row of calcium is s·a·w on the diagonal and s·b·w·ρ − s·R on the right.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class StationaryPass<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    /// <summary>Eliminates a tile.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable of the buffer.</param>
    /// <param name="free">Free calcium [tile].</param>
    /// <param name="trail">Where its two entries stand in the trail.</param>
    /// <param name="add">False for the first such buffer: it sets what others add to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up(CellRun<V>* run, int variable, V* free, int trail, bool add)
    {
        V* y = run->Y + (variable * Tile), d = run->D + (variable * Tile), t = run->Trail + trail;
        V s = *run->S, on = run->On[variable], off = run->Off[variable], total = run->Total[variable];
        for (int i = 0; i < run->N; i++)
        {
            V c = free[i], bound = y[i], a = on * (total - bound);
            V r = s * V.Fma(a, c, -(off * bound)), b = s * V.Fma(on, c, off), w = 1 / (1 + b);
            V rho = d[i] + r, diag = s * a * w, rhs = V.Fma(b * w, rho, -r);
            (t[0], t[1]) = (w, rho);
            run->Diag[i] = add ? run->Diag[i] + diag : diag;
            run->Rhs[i] = add ? run->Rhs[i] + rhs : rhs;
            t += run->TrailLength;
        }
    }

    /// <summary>Takes over a tile once the corrections of calcium are known.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable of the buffer.</param>
    /// <param name="correction">Where the correction of calcium stands in the trail.</param>
    /// <param name="trail">Where the buffer's two entries stand in the trail.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down(CellRun<V>* run, int variable, int correction, int trail)
    {
        V* y = run->Y + (variable * Tile), t = run->Trail;
        V son = *run->S * run->On[variable], total = run->Total[variable], lowest = run->Norm[3];
        for (int i = 0; i < run->N; i++)
        {
            V bound = y[i], a = son * (total - bound);
            V next = V.Fma(t[trail], V.Fma(a, t[correction], t[trail + 1]), bound);
            y[i] = next;
            lowest = V.Less(next, lowest, next, lowest);
            t += run->TrailLength;
        }

        run->Norm[3] = lowest;
    }
}
