namespace CalciumSweep.Solver.Fields;

/// <summary>One lane's step, order and history: how long the next step may be and of which order.</summary>
internal sealed class StepControl
{
    private const double Safety = 0.9, Shrink = 0.2, WhenNegative = 0.4;

    // Largest growth of a step by order: below the limits of zero-stability (2.41 for order 2, 1.53 for 3, 1.28 for 4).
    private static readonly double[] _growth = [1, 3, 2, 1.4, 1.2];
    private int _failures;

    /// <summary>The past points.</summary>
    public StepHistory History { get; } = new();

    /// <summary>Order of the present step.</summary>
    public int Order { get; private set; }

    /// <summary>How long the next step may be, s.</summary>
    public double Wish { get; private set; }

    /// <summary>Highest order used.</summary>
    public int MostOrder { get; set; } = 3;

    /// <summary>A fixed step, s; 0 for control. For tests of order.</summary>
    public double Fixed { get; set; }

    /// <summary>From one point on.</summary>
    public void Restart(double firstStep)
    {
        History.Restart();
        (Order, Wish, _failures) = (1, Fixed > 0 ? Fixed : firstStep, 0);
    }

    /// <summary>The step stands.</summary>
    /// <param name="dt">Its length, s.</param>
    /// <param name="error">Its error over the tolerance; 0 if unknown.</param>
    public void Accept(double dt, double error)
    {
        History.Accept(dt);
        double factor = error > 0 ? Math.Min(_growth[Order], Safety / Root(error, Order + 1)) : _growth[Order];
        _failures = 0;
        if (Fixed > 0)
        {
            Order = Math.Min(MostOrder, History.Points - 1);
            return;
        }

        Wish = dt * Math.Max(Shrink, factor);

        // A higher order pays once this one no longer lets the step grow fast, and there are the points for its predictor.
        if (Order < MostOrder && History.Points > Order + 1 && factor < _growth[Order + 1])
        {
            Order++;
        }

        Order = Math.Min(Order, Math.Max(1, History.Points - 1));
    }

    /// <summary>The step does not stand.</summary>
    /// <param name="dt">Its length, s.</param>
    /// <param name="error">Its error over the tolerance; NaN if the state is not finite.</param>
    /// <param name="isNegative">True if a concentration became negative.</param>
    public void Reject(double dt, double error, bool isNegative)
    {
        History.Reject();
        _failures++;
        double factor = error > 1 ? Math.Max(Shrink, Safety / Root(error, Order + 1)) : isNegative ? WhenNegative : Shrink;
        Wish = dt * Math.Min(factor, 0.7);
        Order = _failures > 2 ? 1 : Math.Min(Order, Math.Max(1, History.Points - 1));
    }

    /// <summary>x^(1/n) for 2 ≤ n ≤ 5 by Newton from a bit trick: results depend on it, so its bits must not depend on a library.</summary>
    internal static double Root(double x, int n)
    {
        if (!(x > 1e-300 && x < 1e300))
        {
            return x > 1 ? 1e60 : 1e-60;
        }

        long one = BitConverter.DoubleToInt64Bits(1.0);
        double y = BitConverter.Int64BitsToDouble(one + ((BitConverter.DoubleToInt64Bits(x) - one) / n));
        for (int i = 0; i < 5; i++)
        {
            double power = y;
            for (int k = 2; k < n; k++)
            {
                power *= y;
            }

            y -= (y - (x / power)) / n;
        }

        return y;
    }
}
