using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// What a site that fired s ago adds at m sites away, times √(4πβ):
/// W(s) = ∫ f(u) du over [max(0, s − 1), s],  f(u) = u^(−½)·exp(−a/u − κu),  a = m²/4β.
/// Lengths are in site spacings, times in release times, calcium in release amount / spacing.
/// </summary>
/// <param name="kappa">Uptake rate × release time, ≥ 0.</param>
internal readonly struct ReleaseKernel(double kappa)
{
    private const double RootPi = 1.7724538509055160, TwoOverRootPi = 1.1283791670955126;

    // Gauss–Legendre over [−1, 1]: abscissae > 0 and their weights; the middle one of an odd rule follows.
    private static readonly double[] _x10 =
        [0.97390652851717172, 0.86506336668898451, 0.67940956829902441, 0.43339539412924719, 0.14887433898163121];

    private static readonly double[] _w10 =
        [0.066671344308688138, 0.14945134915058059, 0.21908636251598204, 0.26926671930999636, 0.29552422471475287];

    private static readonly double[] _x5 = [0.90617984593866399, 0.53846931010568309];
    private static readonly double[] _w5 = [0.23692688505618909, 0.47862867049936647];
    private static readonly double[] _x3 = [0.77459666924148338];
    private static readonly double[] _w3 = [0.55555555555555556];

    /// <summary>exp(−a/u − κu) for u > 0, else 0; exponents below −708 count as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Decay(double a, double u)
    {
        double exponent = -(a / u) - (kappa * u);
        return u > 0 && exponent > -708 ? Elementary.Exp(Lane1.All(exponent)).Value : 0;
    }

    /// <summary>W(s), to about 1e-14 of itself; for 1 &lt; s &lt; 2 to 1e-16 of W(1) where uptake has removed nearly all of that.</summary>
    /// <param name="a">m²/4β, ≥ 0.</param>
    /// <param name="s">Time since the site fired.</param>
    public double Window(double a, double s)
    {
        if (s <= 0 || a > 700 * s)
        {
            return 0;
        }

        if (s < 2)
        {
            return s <= 1 ? FromZero(a, s) : FromZero(a, s) - FromZero(a, s - 1);
        }

        // A difference of closed forms loses digits unless f grows steeply over the window.
        double rise = a / (s * (s - 1)), turn = rise + kappa;
        return rise - kappa > 3 ? FromZero(a, s) - FromZero(a, s - 1)
            : kappa * (s - 1) > 700 ? 0
            : s >= 100 && turn <= 0.026 ? Quadrature(a, s - 0.5, 0.5, _x3, _w3, 0.88888888888888889)
            : s >= 8 && turn <= 0.45 ? Quadrature(a, s - 0.5, 0.5, _x5, _w5, 0.56888888888888889)
            : Panels(a, s, 1 + (int)Math.Min(turn / 5, 20));
    }

    // ∫ f over [0, t] = √(πt)·exp(−z² − y²)·S,  z² = a/t,  y² = κt,  S = (w(z − y) − w(z + y))/2y,  w = erfcx.
    private double FromZero(double a, double t)
    {
        double z2 = a / t, y2 = kappa * t;
        if (z2 > 708)
        {
            return 0;
        }

        double z = Math.Sqrt(z2), y = Math.Sqrt(y2), scale = Math.Sqrt(t) * RootPi;
        if (y < 0.5 && z * y < 1)
        {
            return scale * Decay(a, t) * Series(z, y2);
        }

        double tail = Decay(a, t), far = Erfcx.At(z + y);
        if (z >= y)
        {
            return scale * tail * (Erfcx.At(z - y) - far) / (2 * y);
        }

        double near = 2 * z * y < 708 ? 2 * Elementary.Exp(Lane1.All(-2 * z * y)).Value : 0;
        return scale * (near - (tail * (Erfcx.At(y - z) + far))) / (2 * y);
    }

    // S in powers of y², where its two terms nearly cancel: −Σ y²ᵏ·d₂ₖ₊₁ with dₙ = w⁽ⁿ⁾(z)/n!, from the recursion
    // dₙ₊₁ = 2(z·dₙ + dₙ₋₁)/(n + 1). Its forward use multiplies rounding by sinh(2zy)/2zy ≤ 1.8 only.
    private static double Series(double z, double y2)
    {
        double even = Erfcx.At(z), odd = (2 * z * even) - TwoOverRootPi, sum = -odd, power = 1;
        for (int n = 1; n < 80 && y2 > 0; n += 2)
        {
            even = 2 * ((z * odd) + even) / (n + 1);
            odd = 2 * ((z * even) + odd) / (n + 2);
            power *= y2;
            double term = power * odd;
            sum -= term;
            if (Math.Abs(term) < 1e-18 * sum)
            {
                break;
            }
        }

        return sum;
    }

    private double Panels(double a, double s, int count)
    {
        double half = 0.5 / count, sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Quadrature(a, s - 1 + (half * ((2 * i) + 1)), half, _x10, _w10, 0);
        }

        return sum;
    }

    private double Quadrature(double a, double middle, double half, double[] x, double[] w, double middleWeight)
    {
        double sum = middleWeight > 0 ? middleWeight * At(a, middle) : 0;
        for (int i = x.Length - 1; i >= 0; i--)
        {
            sum += w[i] * (At(a, middle - (half * x[i])) + At(a, middle + (half * x[i])));
        }

        return half * sum;
    }

    private double At(double a, double u) => Decay(a, u) / Math.Sqrt(u);
}
