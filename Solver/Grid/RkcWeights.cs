namespace CalciumSweep.Solver.Grid;

/// <summary>Coefficients of a stage: of the step's start, the latest stage, the one before, h times the latest rate and the first.</summary>
internal readonly record struct RkcWeights(double Start, double Last, double Before, double Rate, double First)
{
    /// <summary>Damping ε of the method.</summary>
    private const double Damping = 2.0 / 13;

    /// <summary>Stages for a step of h with spectral radius ρ: the smallest s with h ρ ≤ (s² − 1)/1.54, at least 2.</summary>
    public static int Stages(double hRadius) => Math.Max(2, 1 + (int)Math.Sqrt(1 + (1.54 * hRadius)));

    /// <summary>
    /// Weights of stages 1 … s of the second-order Runge–Kutta–Chebyshev method (Sommeijer, Shampine and Verwer 1998,
    /// J Comput Appl Math 88:315): T_j by its three-term recurrence at w₀ = 1 + ε/s², with both derivatives.
    /// </summary>
    /// <param name="stages">s.</param>
    /// <param name="h">Step, s.</param>
    /// <param name="weights">Receives the weights [s].</param>
    public static void Fill(int stages, double h, Span<RkcWeights> weights)
    {
        int s = stages;
        Span<double> t = stackalloc double[s + 1], d = stackalloc double[s + 1], e = stackalloc double[s + 1];
        double w0 = 1 + (Damping / ((double)s * s));
        (t[0], d[0], e[0], t[1], d[1], e[1]) = (1, 0, 0, w0, 1, 0);
        for (int j = 2; j <= s; j++)
        {
            t[j] = (2 * w0 * t[j - 1]) - t[j - 2];
            d[j] = (2 * t[j - 1]) + (2 * w0 * d[j - 1]) - d[j - 2];
            e[j] = (4 * d[j - 1]) + (2 * w0 * e[j - 1]) - e[j - 2];
        }

        double w1 = d[s] / e[s];
        Span<double> b = stackalloc double[s + 1];
        for (int j = 2; j <= s; j++)
        {
            b[j] = e[j] / (d[j] * d[j]);
        }

        b[0] = b[1] = b[2];
        weights[0] = new(1, 0, 0, 0, b[1] * w1 * h);
        for (int j = 2; j <= s; j++)
        {
            double mu = 2 * b[j] * w0 / b[j - 1], nu = -b[j] / b[j - 2], rate = 2 * b[j] * w1 / b[j - 1];
            double a = 1 - (b[j - 1] * t[j - 1]);
            weights[j - 1] = new(1 - mu - nu, mu, nu, rate * h, -a * rate * h);
        }
    }
}
