using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Physics;

/// <summary>The event loop of a single site, its surroundings frozen, against exact linear solves.</summary>
public sealed class RyrEventsTests
{
    private static readonly RyrSite _site = new(2, 130, 2000, 625, 2.56e10, 500, 80, 5);

    [Theory]
    [InlineData(0.1, 700, 0.0180410679)]
    [InlineData(0.1, 200, 0.8762770733)]
    public void The_chance_to_close_before_five_are_open_is_the_exact_one(double c, double j, double expected)
    {
        const int Runs = 20000;
        int closed = 0;
        for (uint run = 0; run < Runs; run++)
        {
            RyrState state = Start(run, open: 1);
            while (state.Open is > 0 and < 5)
            {
                Event(ref state, run, c, j);
            }

            closed += state.Open == 0 ? 1 : 0;
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
        double sum = 0, squares = 0;
        for (uint run = 0; run < Runs; run++)
        {
            RyrState state = Start(run, open);
            double t = 0;
            while (state.Open > 0)
            {
                t += Event(ref state, run, c, j);
            }

            sum += t;
            squares += t * t;
        }

        double mean = sum / Runs, error = Math.Sqrt(((squares / Runs) - (mean * mean)) / Runs);
        Assert.InRange(mean - expected, -4 * error, 4 * error);
    }

    private static RyrState Start(uint run, double open) => new()
    {
        Channels = 20,
        Open = open,
        Countdown = new RandomStream(7, run, 0).Exponential(1),
        Draw = 1,
    };

    /// <summary>Gates in short steps until one event has happened; returns the time passed.</summary>
    private static double Event(ref RyrState state, uint run, double c, double j)
    {
        // Frozen: nothing drives the cell but its own loss, which holds it at c; the junction does not move.
        var place = new SiteOutlook { C = c, J = j, Loss = 1, Drive = c };
        double draw = state.Draw, t = 0;
        const double Step = 1e-7; // two events in one step are then rarer than 1e-5
        var stream = new RandomStream(7, run, 0);
        while (state.Draw == draw)
        {
            double rate = ((state.Channels - state.Open - state.Inactivated) * _site.OpeningRate(_site.Cleft(state.Open, c, j), j))
                + (state.Open * (_site.Closing + _site.Inactivation)) + (state.Inactivated * _site.Recovery);
            double step = Math.Max(Step, state.Countdown / rate);
            RyrEvents.Gate(_site, ref state, place, step, stream);
            t += step;
        }

        return t;
    }
}
