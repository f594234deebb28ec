namespace CalciumSweep.Benchmarks.Sites;

/// <summary>Quadratic-logit fit by maximum likelihood: ln p/(1 − p) = β₀ + β₁ x + β₂ x².</summary>
internal static class LogitFit
{
    /// <summary>Where the fit crosses one half near x = 0.</summary>
    /// <param name="data">Places and wins there.</param>
    /// <param name="n">Trials at each place.</param>
    public static Estimate Half(IReadOnlyList<(double X, int Wins)> data, int n)
    {
        double scale = data.Max(d => Math.Abs(d.X));
        double[] beta = [0, -1, 0];
        double[,] covariance = new double[3, 3];
        for (int newton = 0; newton < 50; newton++)
        {
            var (gradient, information) = Slopes(data, n, beta, scale);
            covariance = Inverse(information);
            for (int i = 0; i < 9; i++)
            {
                beta[i / 3] += covariance[i / 3, i % 3] * gradient[i % 3];
            }
        }

        double root = 0;
        for (int newton = 0; newton < 50; newton++)
        {
            root -= (beta[0] + (root * (beta[1] + (beta[2] * root)))) / (beta[1] + (2 * beta[2] * root));
        }

        double[] by = [1, root, root * root];
        double variance = Enumerable.Range(0, 9).Sum(i => by[i / 3] * by[i % 3] * covariance[i / 3, i % 3]);
        return new(scale * root, scale * Math.Sqrt(variance) / Math.Abs(beta[1] + (2 * beta[2] * root)));
    }

    private static (double[] Gradient, double[,] Information) Slopes(
        IReadOnlyList<(double X, int Wins)> data, int n, double[] beta, double scale)
    {
        double[] gradient = new double[3];
        double[,] information = new double[3, 3];
        foreach (var (place, wins) in data)
        {
            double u = place / scale, p = 1 / (1 + Math.Exp(-(beta[0] + (u * (beta[1] + (beta[2] * u))))));
            double[] x = [1, u, u * u];
            for (int i = 0; i < 9; i++)
            {
                information[i / 3, i % 3] += n * p * (1 - p) * x[i / 3] * x[i % 3];
            }

            for (int i = 0; i < 3; i++)
            {
                gradient[i] += x[i] * (wins - (n * p));
            }
        }

        return (gradient, information);
    }

    /// <summary>Inverse of a symmetric 3×3 matrix.</summary>
    private static double[,] Inverse(double[,] m)
    {
        double a = m[0, 0], b = m[0, 1], c = m[0, 2], d = m[1, 1], e = m[1, 2], f = m[2, 2];
        double det = (a * ((d * f) - (e * e))) - (b * ((b * f) - (c * e))) + (c * ((b * e) - (c * d)));
        return new[,]
        {
            { ((d * f) - (e * e)) / det, ((c * e) - (b * f)) / det, ((b * e) - (c * d)) / det },
            { ((c * e) - (b * f)) / det, ((a * f) - (c * c)) / det, ((b * c) - (a * e)) / det },
            { ((b * e) - (c * d)) / det, ((b * c) - (a * e)) / det, ((a * d) - (b * b)) / det },
        };
    }
}
