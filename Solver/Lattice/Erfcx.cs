namespace CalciumSweep.Solver.Lattice;

/// <summary>
/// The scaled complementary error function erfcx(x) = exp(x²)·erfc(x), from +, −, × and ÷ only, so that its bits are
/// the same everywhere.
/// </summary>
public static class Erfcx
{
    private const double Pole = 3;

    // Chebyshev coefficients of (1 + 2x)·erfcx(x) over 0 ≤ x < ∞ in t = (x − 3)/(x + 3), the form of Shepherd and
    // Laframboise 1981 (Math Comp 36:249), computed with 60 digits from 100 nodes; the first left out is below 1e-17.
    private static readonly double[] _series =
    [
        1.17756257419656,
        5.3539045396156768e-3,
        -9.3775503422842091e-2,
        5.436652555744322e-2,
        -1.8976596707845207e-2,
        4.4534260614627116e-3,
        -6.3355317105531469e-4,
        1.7661719523171592e-5,
        1.2841532864056671e-5,
        -2.0072285659059914e-6,
        -1.8075227904148371e-7,
        7.5498283438250928e-8,
        1.8856685238386028e-9,
        -2.699519049798364e-9,
        -1.4600791199391049e-11,
        1.036160744596949e-10,
        1.475715976623473e-12,
        -4.2773400643969108e-12,
        -2.07922492859799e-13,
        1.8134502003176962e-13,
        1.9734255745447388e-14,
        -7.2879437375926732e-15,
        -1.5169878690228116e-15,
        2.3514112258781404e-16,
        1.0006111691821668e-16,
        -2.0572528169538546e-18,
    ];

    /// <summary>exp(x²)·erfc(x) within 4 ulp.</summary>
    /// <param name="x">Argument, ≥ 0 and finite.</param>
    public static double At(double x)
    {
        double t = (x - Pole) / (x + Pole), twice = 2 * t, next = 0, afterNext = 0;
        for (int i = _series.Length - 1; i > 0; i--)
        {
            (next, afterNext) = ((twice * next) - afterNext + _series[i], next);
        }

        return ((t * next) - afterNext + _series[0]) / (1 + (2 * x));
    }
}
