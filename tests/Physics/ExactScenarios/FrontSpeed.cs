namespace CalciumSweep.Physics.ExactScenarios;

/// <summary>
/// The exact speed equation Θ = G(δ; β, κ) = Σₙ ∫ (4πβs)^(−½)·exp(−n²/4βs − κs) ds over [max(0, nδ − 1), nδ], by quadrature:
/// nothing of the solver's arithmetic is in it.
/// </summary>
internal static class FrontSpeed
{
    // Abscissae of the five-point Gauss–Legendre rule.
    private static readonly double _inner = Math.Sqrt(5 - (2 * Math.Sqrt(10.0 / 7))) / 3;
    private static readonly double _outer = Math.Sqrt(5 + (2 * Math.Sqrt(10.0 / 7))) / 3;

    /// <summary>G(δ; β, κ), to about 1e-12.</summary>
    public static double Threshold(double delta, double beta, double kappa) => Ahead(delta, delta, beta, kappa);

    /// <summary>The fast root δ of Θ = G(δ; β, κ), where G still rises; by bisection between 0 and the given upper end.</summary>
    public static double Interval(double theta, double beta, double kappa, double upTo)
    {
        double low = 0, high = upTo;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Threshold(middle, beta, kappa) < theta ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    /// <summary>Calcium x after the last firing at the next site of a front with intervals δ: x = δ gives G.</summary>
    public static double Ahead(double x, double delta, double beta, double kappa)
    {
        double sum = 0, term = 1;
        for (int n = 1; n < 20_000 && (n * delta < 2 || term > 1e-14 * sum); n++)
        {
            term = Released(n, ((n - 1) * delta) + x, beta, kappa);
            sum += term;
        }

        return sum;
    }

    /// <summary>
    /// Where the steady front gives way to intervals that alternate: a late firing by ε delays the n-th next one in proportion
    /// to gₙ = f(nδ) − f(nδ − 1), and alternation grows once Σ gₙ over odd n is negative. Returns that δ.
    /// </summary>
    public static double Alternation(double beta, double from, double to)
    {
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (from + to), sum = 0;
            for (int n = 1; n < 20_000; n += 2)
            {
                sum += Density(n * middle, n) - Density((n * middle) - 1, n);
            }

            (from, to) = sum > 0 ? (middle, to) : (from, middle);
        }

        return from;

        double Density(double u, double n) => u > 0 ? Math.Exp(-n * n / (4 * beta * u)) / Math.Sqrt(u) : 0;
    }

    /// <summary>What one site adds n sites away a time s after it fired.</summary>
    public static double Released(int n, double s, double beta, double kappa)
    {
        // With s = u², the integrand 2·exp(−n²/4βu² − κu²) has no singularity; below the cut it is under e⁻⁴⁵.
        double a = n * (double)n / (4 * beta), top = Math.Sqrt(s), cut = Math.Sqrt(a / (45 + (a / s)));
        double bottom = Math.Max(cut, Math.Sqrt(Math.Max(0, s - 1)));
        const int panels = 60;
        double sum = 0, half = 0.5 * (top - bottom) / panels;
        for (int i = 0; i < panels; i++)
        {
            double middle = bottom + (half * ((2 * i) + 1));
            sum += half * (Five(0, 128.0 / 225) + Five(_inner, (322 + (13 * Math.Sqrt(70))) / 900)
                + Five(_outer, (322 - (13 * Math.Sqrt(70))) / 900));

            double Five(double x, double weight) =>
                weight * (x == 0 ? Density(middle) : Density(middle - (half * x)) + Density(middle + (half * x)));
        }

        return sum / Math.Sqrt(4 * Math.PI * beta);

        double Density(double u) => 2 * Math.Exp(-(a / (u * u)) - (kappa * u * u));
    }
}
