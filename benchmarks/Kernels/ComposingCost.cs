namespace CalciumSweep.Kernels;

/// <summary>Composed passes over passes by hand, both in turn in one run, the least of many short runs: the guard of the composition cliff.</summary>
internal static class ComposingCost
{
    /// <summary>
    /// Past this the JIT has stopped inlining (measured then: 5). A pass as small as this one shows the fixed cost of composing
    /// at its largest (1.15–1.3 with eight lanes, 1.4–1.6 with four); what whole scenarios pay is less and is not judged here.
    /// </summary>
    public const double Cliff = 2;

    private const int Runs = 4000, Passes = 20;

    /// <summary>Ratio of the times at a lane width of 4 or 8.</summary>
    public static double At(int width)
    {
        using var passes = new MechanismBenchmarks();
        passes.Setup();
        Action composed = width == 8 ? passes.Composed8 : passes.Composed4, byHand = width == 8 ? passes.ByHand8 : passes.ByHand4;
        double leastComposed = double.PositiveInfinity, leastByHand = double.PositiveInfinity;
        for (int run = 0; run < Runs; run++)
        {
            leastComposed = Math.Min(leastComposed, Time(composed));
            leastByHand = Math.Min(leastByHand, Time(byHand));
        }

        return leastComposed / leastByHand;
    }

    private static double Time(Action pass)
    {
        double begin = ThreadClock.Milliseconds();
        for (int i = 0; i < Passes; i++)
        {
            pass();
        }

        return ThreadClock.Milliseconds() - begin;
    }
}
