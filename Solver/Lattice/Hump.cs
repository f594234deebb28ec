using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// The function u⁻ᵖ·exp(−a/u − κu) of u > 0: it rises to one maximum and falls, so that its bounds over an interval
/// follow from its values at the ends.
/// </summary>
internal readonly struct Hump
{
    /// <summary>Where the maximum lies.</summary>
    public readonly double Top;
    private readonly double _height;

    /// <param name="a">Squared distance over 4β, > 0.</param>
    /// <param name="kappa">Uptake, ≥ 0.</param>
    /// <param name="twiceP">2p: 1, 3, 5, 7 or 9.</param>
    public Hump(double a, double kappa, int twiceP)
    {
        // The root of κu² + pu − a = 0.
        double p = 0.5 * twiceP;
        Top = 2 * a / (p + Math.Sqrt((p * p) + (4 * kappa * a)));
        double exponent = -(a / Top) - (kappa * Top);
        _height = exponent < -708 ? 0 : Elementary.Exp(Lane1.All(exponent)).Value / Math.Sqrt(Top);
        for (int i = 1; i < twiceP; i += 2)
        {
            _height /= Top;
        }
    }

    /// <summary>Largest value anywhere.</summary>
    public double Height => _height;

    /// <summary>Largest value over [from, to], given those at the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Max(double from, double to, double atFrom, double atTo) =>
        from < Top && Top < to ? _height : Math.Max(atFrom, atTo);
}
