using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Predicted values y* = y₁ + Σ p (y − y₁) and ψ − y* = Σ q (y − y₁) from the slots of age 1…points. Terms are added in the order
/// of age: a lane that needs fewer points than its neighbours adds exact zeros last, so its bits stay its own.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class PredictPass<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Predicts n vectors.</summary>
    /// <param name="points">How many slots count.</param>
    /// <param name="slots">Slot of each age, from 1 on.</param>
    /// <param name="at">Where the vectors stand in a slot.</param>
    /// <param name="n">Vectors.</param>
    /// <param name="p">p of each age [points].</param>
    /// <param name="q">q of each age [points].</param>
    /// <param name="star">Receives y* [n].</param>
    /// <param name="d">Receives ψ − y* [n].</param>
    public static void Run(int points, V** slots, long at, int n, V* p, V* q, V* star, V* d)
    {
        switch (points)
        {
            case <= 4:
                Four(slots[0] + at, slots[1] + at, slots[2] + at, slots[3] + at, n, p, q, star, d);
                break;
            case 5:
                Five(slots[0] + at, slots[1] + at, slots[2] + at, slots[3] + at, slots[4] + at, n, p, q, star, d);
                break;
            case 6:
                Six(slots[0] + at, slots[1] + at, slots[2] + at, slots[3] + at, slots[4] + at, slots[5] + at, n, p, q, star, d);
                break;
            default:
                Any(points, slots, at, n, p, q, star, d);
                break;
        }
    }

    /// <summary>Predicts one cell of several variables: what a tile sees of its neighbour.</summary>
    /// <param name="points">How many slots count.</param>
    /// <param name="slots">Slot of each age, from 1 on.</param>
    /// <param name="at">Where the cell of variable 0 stands in a slot.</param>
    /// <param name="variables">The variables [count].</param>
    /// <param name="count">How many.</param>
    /// <param name="p">p of each age [points].</param>
    /// <param name="star">Receives y* by variable.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Cell(int points, V** slots, long at, int* variables, int count, V* p, V* star)
    {
        for (int k = 0; k < count; k++)
        {
            long place = at + (variables[k] * FieldMemory<V>.Tile);
            V y = slots[0][place], value = y;
            for (int j = 1; j < points; j++)
            {
                value = V.Fma(p[j], slots[j][place] - y, value);
            }

            star[variables[k]] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four(V* y1, V* y2, V* y3, V* y4, int n, V* p, V* q, V* star, V* d)
    {
        V p2 = p[1], p3 = p[2], p4 = p[3], q2 = q[1], q3 = q[2], q4 = q[3];
        for (int i = 0; i < n; i++)
        {
            V y = y1[i], d2 = y2[i] - y, d3 = y3[i] - y, d4 = y4[i] - y;
            star[i] = V.Fma(p4, d4, V.Fma(p3, d3, V.Fma(p2, d2, y)));
            d[i] = V.Fma(q4, d4, V.Fma(q3, d3, q2 * d2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Five(V* y1, V* y2, V* y3, V* y4, V* y5, int n, V* p, V* q, V* star, V* d)
    {
        V p2 = p[1], p3 = p[2], p4 = p[3], p5 = p[4], q2 = q[1], q3 = q[2], q4 = q[3], q5 = q[4];
        for (int i = 0; i < n; i++)
        {
            V y = y1[i], d2 = y2[i] - y, d3 = y3[i] - y, d4 = y4[i] - y, d5 = y5[i] - y;
            star[i] = V.Fma(p5, d5, V.Fma(p4, d4, V.Fma(p3, d3, V.Fma(p2, d2, y))));
            d[i] = V.Fma(q5, d5, V.Fma(q4, d4, V.Fma(q3, d3, q2 * d2)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Six(V* y1, V* y2, V* y3, V* y4, V* y5, V* y6, int n, V* p, V* q, V* star, V* d)
    {
        V p2 = p[1], p3 = p[2], p4 = p[3], p5 = p[4], p6 = p[5], q2 = q[1], q3 = q[2], q4 = q[3], q5 = q[4], q6 = q[5];
        for (int i = 0; i < n; i++)
        {
            V y = y1[i], d2 = y2[i] - y, d3 = y3[i] - y, d4 = y4[i] - y, d5 = y5[i] - y, d6 = y6[i] - y;
            star[i] = V.Fma(p6, d6, V.Fma(p5, d5, V.Fma(p4, d4, V.Fma(p3, d3, V.Fma(p2, d2, y)))));
            d[i] = V.Fma(q6, d6, V.Fma(q5, d5, V.Fma(q4, d4, V.Fma(q3, d3, q2 * d2))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Any(int points, V** slots, long at, int n, V* p, V* q, V* star, V* d)
    {
        for (int i = 0; i < n; i++)
        {
            V y = slots[0][at + i], first = slots[1][at + i] - y, value = V.Fma(p[1], first, y), rest = q[1] * first;
            for (int j = 2; j < points; j++)
            {
                V other = slots[j][at + i] - y;
                value = V.Fma(p[j], other, value);
                rest = V.Fma(q[j], other, rest);
            }

            star[i] = value;
            d[i] = rest;
        }
    }
}
