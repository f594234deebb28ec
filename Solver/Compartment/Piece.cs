namespace CalciumSweep.Solver.Compartment;

/// <summary>The cubic through the values and slopes at both ends of a step, over a share 0…1 of it.</summary>
/// <param name="Y0">Value at the start.</param>
/// <param name="Y1">Value at the end.</param>
/// <param name="D0">Slope at the start times the step.</param>
/// <param name="D1">Slope at the end times the step.</param>
internal readonly record struct Piece(double Y0, double Y1, double D0, double D1)
{
    /// <summary>Value at a share of the step.</summary>
    public double At(double t)
    {
        double u = 1 - t;
        return (u * u * ((Y0 * (1 + (2 * t))) + (D0 * t))) + (t * t * ((Y1 * (3 - (2 * t))) - (D1 * u)));
    }

    /// <summary>Where the course falls through a level, as a share of the step; the start is above, the end is not.</summary>
    public double Fall(double level)
    {
        double low = 0, high = 1;
        var above = new Piece(Y0 - level, Y1 - level, D0, D1);
        for (int i = 0; i < 60; i++)
        {
            double t = 0.5 * (low + high);
            (low, high) = above.At(t) > 0 ? (t, high) : (low, t);
        }

        return 0.5 * (low + high);
    }

    /// <summary>Where the course rises through a level, as a share of the step; the start is not above, the end is.</summary>
    public double Rise(double level) => new Piece(-Y0, -Y1, -D0, -D1).Fall(-level);

    /// <summary>Place and value of the highest point.</summary>
    public (double Share, double Value) Highest()
    {
        if (!(D0 > 0 && D1 < 0))
        {
            return Y1 > Y0 ? (1, Y1) : (0, Y0);
        }

        double t = Turn();
        double value = At(t);
        return value >= Math.Max(Y0, Y1) ? (t, value) : Y1 > Y0 ? (1, Y1) : (0, Y0);
    }

    /// <summary>Place and value of the lowest point.</summary>
    public (double Share, double Value) Lowest()
    {
        var (share, value) = new Piece(-Y0, -Y1, -D0, -D1).Highest();
        return (share, -value);
    }

    // Where a slope that is positive at the start and negative at the end is zero.
    private double Turn()
    {
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double t = 0.5 * (low + high);
            double slope = (D0 * (1 - t) * (1 - (3 * t))) + (D1 * t * ((3 * t) - 2)) + (6 * (Y1 - Y0) * t * (1 - t));
            (low, high) = slope > 0 ? (t, high) : (low, t);
        }

        return 0.5 * (low + high);
    }
}
