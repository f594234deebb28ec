using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// A diffusing pool that is solved after calcium: its own tridiagonal, and the column by which calcium's correction moves it.
/// Trail: right-hand side, later the correction; slope by calcium; 1/pivot where it varies. Right to left, then left to right.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class OneWayPass<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    /// <summary>ψ − y* and diffusion of a tile: the right-hand side without flows.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable of the pool; its left and right neighbours stand at <paramref name="left"/> and <paramref name="right"/>.</param>
    /// <param name="diffusing">What diffuses [tile].</param>
    /// <param name="left">The same left of the tile.</param>
    /// <param name="right">The same right of the tile.</param>
    /// <param name="rate">What its differences are multiplied with.</param>
    /// <param name="trail">Where its entries stand in the trail.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Start(CellRun<V>* run, int variable, V* diffusing, V* left, V* right, V* rate, int trail)
    {
        V* d = run->D + (variable * Tile), t = run->Trail + trail;
        V before = *left, k = *rate, here = *diffusing;
        for (int i = 0; i < run->N; i++)
        {
            V next = i + 1 < run->N ? diffusing[i + 1] : *right;
            t[0] = V.Fma(k, (before - here) + (next - here), d[i]);
            t[1] = V.All(0);
            t[2] = V.All(0);
            (before, here) = (here, next);
            t += run->TrailLength;
        }
    }

    /// <summary>Adds a flow and its slopes.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="share">What a unit of the flow gives the pool.</param>
    /// <param name="j">The flow, µM/s [tile].</param>
    /// <param name="byCalcium">Its slope by calcium [tile].</param>
    /// <param name="own">Its slope by the pool itself [tile].</param>
    /// <param name="trail">Where the pool's entries stand in the trail.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(CellRun<V>* run, V* share, V* j, V* byCalcium, V* own, int trail)
    {
        V* t = run->Trail + trail;
        V k = *run->S * *share;
        for (int i = 0; i < run->N; i++)
        {
            t[0] = V.Fma(k, j[i], t[0]);
            t[1] = V.Fma(k, byCalcium[i], t[1]);
            t[2] = V.Fma(k, own[i], t[2]);
            t += run->TrailLength;
        }
    }

    /// <summary><see cref="Start"/> and <see cref="Add"/> in one, for a pool with one flow that does not depend on the pool's own slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void StartWithFlow(
        CellRun<V>* run, int variable, V* left, V* right, V* share, V* j, V* byCalcium, int trail)
    {
        V* d = run->D + (variable * Tile), y = run->Y + (variable * Tile), t = run->Trail + trail;
        V k = *run->S * *share, before = *left, sd = run->SD[variable], here = *y;
        for (int i = 0; i < run->N; i++)
        {
            V next = i + 1 < run->N ? y[i + 1] : *right;
            t[0] = V.Fma(sd, (before - here) + (next - here), V.Fma(k, j[i], d[i]));
            t[1] = k * byCalcium[i];
            (before, here) = (here, next);
            t += run->TrailLength;
        }
    }

    /// <summary>Elimination of a tile, right to left, with pivots that depend on the distance from the right end only.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable of the pool.</param>
    /// <param name="correction">Where calcium's correction stands in the trail.</param>
    /// <param name="trail">Where the pool's entries stand.</param>
    /// <param name="pivots">The tile's inverse pivots.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Down(CellRun<V>* run, int variable, int correction, int trail, V* pivots)
    {
        V* t = run->Trail + (run->N * run->TrailLength);
        V g = t[trail], sd = run->SD[variable];
        for (int i = run->N - 1; i >= 0; i--)
        {
            t -= run->TrailLength;
            V inverse = pivots[i], h = V.Fma(t[trail + 1], t[correction], t[trail]);
            g = V.Fma(inverse * sd, g, inverse * h);
            t[trail] = g;
        }
    }

    /// <summary>Back substitution of a tile, left to right: the corrections stand in the trail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Up(CellRun<V>* run, int variable, int trail, V* pivots)
    {
        V* t = run->Trail - run->TrailLength;
        V e = t[trail], sd = run->SD[variable];
        for (int i = 0; i < run->N; i++)
        {
            t += run->TrailLength;
            e = V.Fma(pivots[i] * sd, e, t[trail]);
            t[trail] = e;
        }
    }

    /// <summary>Elimination where pivots vary: instantaneous buffers or slopes by the pool itself.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable of the pool.</param>
    /// <param name="correction">Where calcium's correction stands in the trail.</param>
    /// <param name="trail">Where the pool's entries stand.</param>
    /// <param name="side">The pool's side planes, or null.</param>
    /// <param name="first">First cell.</param>
    /// <param name="end">Cell behind the last.</param>
    /// <param name="neighbours">Weight of a cell's own value in its diffusion.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void DownVarying(
        CellRun<V>* run, int variable, int correction, int trail, V* side, int first, int end, V* neighbours)
    {
        V* t = run->Trail + (end * run->TrailLength);
        V s = *run->S, nb = *neighbours;
        for (int i = end - 1; i >= first; i--)
        {
            V* before = t;
            t -= run->TrailLength;
            V d = side is null ? run->SD[variable] : s * side[(3 * Tile) + i], mass = side is null ? V.All(1) : side[Tile + i];
            V pivot = V.Fma(nb, d, mass - t[trail + 2]), h = V.Fma(t[trail + 1], t[correction], t[trail]);
            V dBefore = before[trail + 1];      // their coupling, once the slope is used up
            V inverse = 1 / V.Fma(-(d * dBefore), before[trail + 2], pivot);
            t[trail] = inverse * V.Fma(dBefore, before[trail], h);
            (t[trail + 1], t[trail + 2]) = (d, inverse);
        }
    }

    /// <summary>Back substitution where pivots vary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void UpVarying(CellRun<V>* run, int trail)
    {
        V* t = run->Trail - run->TrailLength;
        for (int i = 0; i < run->N; i++)
        {
            V x = t[trail] * t[trail + 1];
            t += run->TrailLength;
            t[trail] = V.Fma(t[trail + 2], x, t[trail]);
        }
    }
}
