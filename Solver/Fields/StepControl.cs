namespace CalciumSweep.Solver.Fields;

/// <summary>One lane's step, order and history: how long the next step may be and of which order.</summary>
internal sealed class StepControl
{
    private const double Safety = 0.9, Slowest = 0.5, Shrink = 0.2, WhenInvalid = 0.3, MostAfterReject = 0.7;
    private const double FixedFirst = 1.0 / 4096, FixedGrowth = 1.2;

    // Largest growth of a step by order: below the limits of zero-stability (2.41 for order 2, 1.53 for 3, 1.28 for 4).
    private static readonly double[] _growth = [1, 2, 2, 1.5, 1.25, 1.25];
    private int _atOrder;

    /// <summary>The past points.</summary>
    public StepHistory History { get; } = new();

    /// <summary>Order of the present step.</summary>
    public int Order { get; private set; }

    /// <summary>How long the next step may be, s.</summary>
    public double Wish { get; private set; }

    /// <summary>Highest order used.</summary>
    public int MostOrder { get; set; } = StepHistory.MostOrder;

    /// <summary>A fixed step, s, reached by small steps that settle the order first; 0 for control. For tests of order.</summary>
    public double Fixed { get; set; }

    /// <summary>From one point on.</summary>
    public void Restart(double firstStep)
    {
        History.Restart();
        (Order, Wish, _atOrder) = (1, Fixed > 0 ? Fixed * FixedFirst : firstStep, 0);
    }

    /// <summary>The step stands.</summary>
    /// <param name="dt">Its length, s.</param>
    /// <param name="error">Its error over the tolerance.</param>
    public void Accept(double dt, double error)
    {
        History.Accept(dt);
        _atOrder++;
        if (Fixed > 0)
        {
            Wish = Order == MostOrder ? Math.Min(Fixed, dt * FixedGrowth) : Wish;
            Order = Math.Min(MostOrder, History.Points - 1);
            return;
        }

        // A higher order pays once the error, rather than the limit of growth, decides the step.
        double allowed = error > 0 ? Safety / Root(error, Order + 1) : _growth[1];
        if (Order < MostOrder && _atOrder >= Order && History.Points > Order + 1 && allowed < _growth[Order])
        {
            (Order, _atOrder) = (Order + 1, 0);
        }

        Wish = dt * Math.Clamp(allowed, Slowest, _growth[Order]);
        Order = Math.Min(Order, Math.Max(1, History.Points - 1));
    }

    /// <summary>The step does not stand.</summary>
    /// <param name="dt">Its length, s.</param>
    /// <param name="error">Its error over the tolerance.</param>
    /// <param name="isInvalid">True if a value became negative or is not finite.</param>
    public void Reject(double dt, double error, bool isInvalid)
    {
        History.Reject();
        _atOrder = 0;
        Wish = dt * (isInvalid ? WhenInvalid : Math.Clamp(Safety / Root(error, Order + 1), Shrink, MostAfterReject));
        Order = Math.Min(Order, Math.Max(1, History.Points - 1));
    }

    /// <summary>x^(1/n) for 2 ≤ n ≤ 6 by Newton from a bit trick: results depend on it, so its bits must not depend on a library.</summary>
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
