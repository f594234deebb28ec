namespace CalciumSweep.Solver.Lanes;

/// <summary>
/// A vector of independent simulations: lane i never sees lane j. Every operation is done per lane, in the same order
/// at every width, so that a result has the same bits whatever the width. <see cref="Fma"/> only where written.
/// </summary>
/// <typeparam name="V">The implementing type.</typeparam>
public interface ILanes<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Sum.</summary>
    static abstract V operator +(V a, V b);

    /// <summary>Difference.</summary>
    static abstract V operator -(V a, V b);

    /// <summary>Difference from what stands in memory: one instruction where the JIT would make two of <c>a - *b</c>.</summary>
    static virtual unsafe V Minus(V a, V* b) => a - *b;

    /// <summary>Product.</summary>
    static abstract V operator *(V a, V b);

    /// <summary>Quotient.</summary>
    static abstract V operator /(V a, V b);

    /// <summary>Product with a constant.</summary>
    static abstract V operator *(double a, V b);

    /// <summary>Sum with a constant.</summary>
    static abstract V operator +(double a, V b);

    /// <summary>Difference from a constant.</summary>
    static abstract V operator -(double a, V b);

    /// <summary>Quotient of a constant.</summary>
    static abstract V operator /(double a, V b);

    /// <summary>Negation.</summary>
    static abstract V operator -(V a);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>The same value in every lane.</summary>
    static abstract V All(double value);

    /// <summary>Per lane: <paramref name="yes"/> where a &lt; b, else <paramref name="no"/> (also where either is NaN).</summary>
    static abstract V Less(V a, V b, V yes, V no);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract V Sqrt(V a);

    /// <summary>Absolute value.</summary>
    static abstract V Abs(V a);

    /// <summary>Nearest integer, ties to even.</summary>
    static abstract V Nearest(V a);

    /// <summary>a·2ⁿ for integer n in [−1022, 1023]; exact unless it leaves the normal range.</summary>
    static abstract V Scale(V a, V n);

    /// <summary>a = m·2ᵉ with m in [√½, √2), which is returned; for positive normal a. 0 gives an e of −1023.</summary>
    static abstract V Split(V a, out V exponent);
}
