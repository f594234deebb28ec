using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Physics;

/// <summary>One release site against closed forms and, with its surroundings frozen, against exact linear solves.</summary>
public sealed class RyrSiteTests
{
    private static readonly RyrSite _site = new(2, 130, 2000, 625, 2.56e10, 500, 80, 5);

    [Theory]
    [InlineData(0, 0.1, 2.891681886e-4, 0)]
    [InlineData(1, 10.70454545, 1725.182742, 1378.590909)]
    [InlineData(5, 50.09285714, 1807.122092, 6499.071429)]
    [InlineData(20, 164.7823529, 1807.299936, 21408.70588)]
    public void Cleft_opening_and_release_are_the_closed_forms(double open, double cleft, double opening, double release)
    {
        // The published values carry ten digits.
        Near(cleft, _site.Cleft(open, 0.1, 700), 1e-9);
        Near(opening, _site.OpeningRate(_site.Cleft(open, 0.1, 700), 700), 1e-9);
        Near(release, _site.ReleaseConductance(open) * (700 - 0.1), 1e-9);
    }

    [Theory]
    [InlineData(0.1, 700, 0.0180410679)]
    [InlineData(0.1, 200, 0.8762770733)]
    public void The_chance_to_close_before_five_are_open_is_the_exact_one(double c, double j, double expected)
    {
        const int Runs = 20000;
        using var sites = new FrozenSites(_site, c, j, seed: 7);
        int closed = 0;
        for (uint run = 0; run < Runs; run++)
        {
            sites.Start(run, open: 1);
            while (sites.Open is > 0 and < 5)
            {
                sites.Event();
            }

            closed += sites.Open == 0 ? 1 : 0;
        }

        double error = Math.Sqrt(expected * (1 - expected) / Runs);
        Assert.InRange((closed / (double)Runs) - expected, -4 * error, 4 * error);
    }

    [Theory]
    [InlineData(1, 1, 150, 1.941300608e-3)]
    [InlineData(20, 1, 150, 6.996305115e-3)]
    [InlineData(1, 1, 200, 4.711574083e-3)]
    [InlineData(20, 1, 200, 11.16974425e-3)]
    public void The_mean_time_to_close_is_the_exact_one(double open, double c, double j, double expected)
    {
        const int Runs = 5000;
        using var sites = new FrozenSites(_site, c, j, seed: 7);
        double sum = 0, squares = 0;
        for (uint run = 0; run < Runs; run++)
        {
            sites.Start(run, open);
            double t = 0;
            while (sites.Open > 0)
            {
                t += sites.Event();
            }

            sum += t;
            squares += t * t;
        }

        double mean = sum / Runs, error = Math.Sqrt(((squares / Runs) - (mean * mean)) / Runs);
        Assert.InRange(mean - expected, -4 * error, 4 * error);
    }

    [Fact]
    public void A_long_step_gates_as_many_short_ones_do()
    {
        // Frozen fields: the law of the channels after 1 ms does not depend on how the time is cut. One candidate that
        // outlasts a piece is carried over exactly, so that the same random numbers give the same path.
        using var once = new FrozenSites(_site, 0.5, 400, seed: 3);
        using var often = new FrozenSites(_site, 0.5, 400, seed: 3);
        for (uint run = 0; run < 200; run++)
        {
            once.Start(run, open: 3);
            often.Start(run, open: 3);
            once.Step(1e-3);
            for (int piece = 0; piece < 50; piece++)
            {
                often.Step(20e-6);
            }

            Assert.Equal((once.Open, once.Inactivated, once.Draws), (often.Open, often.Inactivated, often.Draws));
        }
    }

    private static void Near(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected - (Math.Abs(expected) * relative) - 1e-30, expected + (Math.Abs(expected) * relative) + 1e-30);
}
