namespace CalciumSweep.Solver.Compartment;

/// <summary>The root that step control takes.</summary>
internal static class StepRoot
{
    /// <summary>x^(1/5) by Newton from above: only steps depend on it, but its bits must not depend on a library.</summary>
    public static double Fifth(double x)
    {
        double y = Math.Max(1, x);
        for (int i = 0; i < 80; i++)
        {
            double y2 = y * y, next = y - ((y - (x / (y2 * y2))) / 5);
            if (!(next < y))
            {
                break;
            }

            y = next;
        }

        return y;
    }
}
