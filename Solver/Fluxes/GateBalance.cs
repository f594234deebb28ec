namespace CalciumSweep.Solver.Fluxes;

/// <summary>Gates at rest where they depend on each other (states of one channel): Newton's method with differences.</summary>
internal static class GateBalance
{
    private const int Rounds = 30;

    /// <summary>What gates gain less what they lose, 1/s.</summary>
    /// <param name="gates">Gates.</param>
    /// <param name="residual">Receives gain − loss·x [gates].</param>
    public delegate void Residual(ReadOnlySpan<double> gates, Span<double> residual);

    /// <summary>Moves gates to where none gains or loses.</summary>
    public static void Solve(Span<double> gates, Residual residual)
    {
        int n = gates.Length;
        var matrix = new double[n, n + 1];
        double[] at = new double[n], moved = new double[n], x = gates.ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            residual(x, at);
            for (int k = 0; k < n; k++)
            {
                double held = x[k], shift = 1e-7 * Math.Max(Math.Abs(held), 1e-3);
                x[k] = held + shift;
                shift = x[k] - held;
                residual(x, moved);
                x[k] = held;
                for (int i = 0; i < n; i++)
                {
                    matrix[i, k] = (moved[i] - at[i]) / shift;
                }
            }

            for (int i = 0; i < n; i++)
            {
                matrix[i, n] = -at[i];
            }

            double change = 0;
            Eliminate(matrix, moved);
            for (int i = 0; i < n; i++)
            {
                change = Math.Max(change, Math.Abs(moved[i]));
                x[i] += moved[i];
            }

            if (!double.IsFinite(change) || change < 1e-16)
            {
                break;
            }
        }

        if (Array.TrueForAll(x, double.IsFinite))
        {
            x.CopyTo(gates);
        }
    }

    // Gaussian elimination with partial pivoting; a gate that nothing moves stays.
    private static void Eliminate(double[,] a, double[] x)
    {
        int n = x.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                pivot = Math.Abs(a[i, k]) > Math.Abs(a[pivot, k]) ? i : pivot;
            }

            for (int j = 0; j <= n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            for (int i = k + 1; i < n && a[k, k] != 0; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k; j <= n; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            double sum = a[k, n];
            for (int j = k + 1; j < n; j++)
            {
                sum -= a[k, j] * x[j];
            }

            x[k] = a[k, k] == 0 ? 0 : sum / a[k, k];
        }
    }
}
