using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Predicted values y* = y₁ + Σ p (y − y₁) and ψ − y* = Σ q (y − y₁) from the slots of age 1…points. Terms are added in the order
/// of age: a lane that needs fewer points than its neighbours adds exact zeros last, so its bits stay its own. The coefficients come
/// negated: y₁ − y takes its memory operand as it is.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class PredictPass<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Predicts n vectors, n even.</summary>
    /// <param name="points">How many slots count, at most six.</param>
    /// <param name="slots">Slot of each age, from 1 on.</param>
    /// <param name="at">Where the vectors stand in a slot.</param>
    /// <param name="n">Vectors.</param>
    /// <param name="p">−p of each age [points].</param>
    /// <param name="q">−q of each age [points].</param>
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
            default:
                Six(slots[0] + at, slots[1] + at, slots[2] + at, slots[3] + at, slots[4] + at, slots[5] + at, n, p, q, star, d);
                break;
        }
    }

    /// <summary>Predicts one cell of several variables: what a tile sees of its neighbour.</summary>
    /// <param name="slots">Slot of each age, from 1 to 6.</param>
    /// <param name="at">Where the cell of variable 0 stands in a slot.</param>
    /// <param name="variables">The variables [count].</param>
    /// <param name="count">How many.</param>
    /// <param name="p">−p of each age [6].</param>
    /// <param name="star">Receives y* by variable.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Cell(V** slots, long at, int* variables, int count, V* p, V* star)
    {
        V* y1 = slots[0] + at, y2 = slots[1] + at, y3 = slots[2] + at, y4 = slots[3] + at, y5 = slots[4] + at, y6 = slots[5] + at;
        V p2 = p[1], p3 = p[2], p4 = p[3], p5 = p[4], p6 = p[5];
        for (int k = 0; k < count; k++)
        {
            int i = variables[k] * FieldMemory<V>.Tile;
            V y = y1[i];
            star[variables[k]] = V.Fma(p6, V.Minus(y, y6 + i), V.Fma(p5, V.Minus(y, y5 + i), V.Fma(p4, V.Minus(y, y4 + i), V.Fma(p3, V.Minus(y, y3 + i), V.Fma(p2, V.Minus(y, y2 + i), y)))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four(V* y1, V* y2, V* y3, V* y4, int n, V* p, V* q, V* star, V* d)
    {
        V p2 = p[1], p3 = p[2], p4 = p[3], q2 = q[1], q3 = q[2], q4 = q[3];
        for (int i = 0; i < n; i++)
        {
            V y = y1[i], d2 = V.Minus(y, y2 + i), d3 = V.Minus(y, y3 + i), d4 = V.Minus(y, y4 + i);
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
            V y = y1[i], d2 = V.Minus(y, y2 + i), d3 = V.Minus(y, y3 + i), d4 = V.Minus(y, y4 + i), d5 = V.Minus(y, y5 + i);
            star[i] = V.Fma(p5, d5, V.Fma(p4, d4, V.Fma(p3, d3, V.Fma(p2, d2, y))));
            d[i] = V.Fma(q5, d5, V.Fma(q4, d4, V.Fma(q3, d3, q2 * d2)));
        }
    }

    // The loop of the usual order does two vectors a turn: what turns it costs as much as a fifth of what it does.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Six(V* y1, V* y2, V* y3, V* y4, V* y5, V* y6, int n, V* p, V* q, V* star, V* d)
    {
        V p2 = p[1], p3 = p[2], p4 = p[3], p5 = p[4], p6 = p[5], q2 = q[1], q3 = q[2], q4 = q[3], q5 = q[4], q6 = q[5];
        for (nint i = 0; i < n; i += 2)
        {
            V y = y1[i], d2 = V.Minus(y, y2 + i), d3 = V.Minus(y, y3 + i), d4 = V.Minus(y, y4 + i), d5 = V.Minus(y, y5 + i), d6 = V.Minus(y, y6 + i);
            star[i] = V.Fma(p6, d6, V.Fma(p5, d5, V.Fma(p4, d4, V.Fma(p3, d3, V.Fma(p2, d2, y)))));
            d[i] = V.Fma(q6, d6, V.Fma(q5, d5, V.Fma(q4, d4, V.Fma(q3, d3, q2 * d2))));
            V z = y1[i + 1], e2 = V.Minus(z, y2 + i + 1), e3 = V.Minus(z, y3 + i + 1), e4 = V.Minus(z, y4 + i + 1), e5 = V.Minus(z, y5 + i + 1), e6 = V.Minus(z, y6 + i + 1);
            star[i + 1] = V.Fma(p6, e6, V.Fma(p5, e5, V.Fma(p4, e4, V.Fma(p3, e3, V.Fma(p2, e2, z)))));
            d[i + 1] = V.Fma(q6, e6, V.Fma(q5, e5, V.Fma(q4, e4, V.Fma(q3, e3, q2 * e2))));
        }
    }
}
