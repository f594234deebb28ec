namespace CalciumSweep.Physics.ExactScenarios;

/// <summary>Exact answers about a birth–death cluster, from small dense linear systems.</summary>
internal sealed class BirthDeathTruth(int channels, double opening, double cooperativity, double closing)
{
    /// <summary>Mean time from each state to none open, s [channels + 1].</summary>
    public double[] MeanTimeToEmpty() => Passage(source: 1, atTop: null);

    /// <summary>Probability from each state to have half of the channels open before none [half + 1].</summary>
    public double[] ReachesHalfFirst() => Passage(source: 0, atTop: (channels + 1) / 2);

    /// <summary>Mean and variance of the stationary distribution: the null vector of the generator, normalised.</summary>
    public (double Mean, double Variance) Stationary()
    {
        int n = channels + 1;
        double[,] a = new double[n, n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++)
        {
            a[i, i] -= Up(i) + Down(i);
            if (i > 0)
            {
                a[i, i - 1] += Up(i - 1);
            }

            if (i < channels)
            {
                a[i, i + 1] += Down(i + 1);
            }
        }

        for (int j = 0; j < n; j++)
        {
            a[channels, j] = 1;
        }

        b[channels] = 1;
        double[] p = Solve(a, b);
        double mean = p.Select((x, i) => x * i).Sum();
        return (mean, p.Select((x, i) => x * (i - mean) * (i - mean)).Sum());
    }

    // The backward equation up·(x[i+1] − x[i]) + down·(x[i−1] − x[i]) = −source with x[0] = 0 and, if given, x[top] = 1.
    private double[] Passage(double source, int? atTop)
    {
        int top = atTop ?? channels, n = top + 1;
        double[,] a = new double[n, n];
        double[] b = new double[n];
        a[0, 0] = 1;
        for (int i = 1; i < n; i++)
        {
            if (i == atTop)
            {
                (a[i, i], b[i]) = (1, 1);
                continue;
            }

            a[i, i - 1] = Down(i);
            a[i, i] = -(Up(i) + Down(i));
            b[i] = -source;
            if (i < top)
            {
                a[i, i + 1] = Up(i);
            }
        }

        return Solve(a, b);
    }

    private double Up(int n) => (channels - n) * opening * (1 + (cooperativity * n));

    private double Down(int n) => n * closing;

    // Gaussian elimination with partial pivoting.
    private static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (int j = 0; j < n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            (b[k], b[pivot]) = (b[pivot], b[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i, k] / a[k, k];
                b[i] -= factor * b[k];
                for (int j = k; j < n; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < n; j++)
            {
                b[k] -= a[k, j] * b[j];
            }

            b[k] /= a[k, k];
        }

        return b;
    }
}
