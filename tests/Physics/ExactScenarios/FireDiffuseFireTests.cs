using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lattice;

namespace CalciumSweep.Physics.ExactScenarios;

/// <summary>The event-driven front against the exact speed equation, the wave boundary and the ignition thresholds.</summary>
public sealed class FireDiffuseFireTests
{
    // d = 1 µm, σ = 1 µM·µm: Θ is the threshold's number; τ = 10 ms: D = 100β µm²/s, k = 100κ /s.
    private const double Tau = 0.01;

    private static readonly Model _model = Composition.Compose(new(
        "fire-diffuse-fire", "A front.",
        [new("geometry", "", "infinite-line", new Dictionary<string, string>(StringComparer.Ordinal))],
        new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []));

    [Fact]
    public void The_default_is_a_wave_at_a_cardiac_speed()
    {
        SimulationResult result = CollectingFeed.Run(_model, 1, 1)[0];
        Assert.Equal(Outcome.Wave, result.Outcome);
        Assert.InRange(result.Observables[0], 50, 150);
        Assert.Equal(118, result.Observables[1]);
    }

    [Theory]
    [InlineData(0.01, 0.05, 8.78352964)]
    [InlineData(0.01, 0.10, 11.77664441)]
    [InlineData(0.01, 0.20, 18.19912629)]
    [InlineData(0.01, 0.40, 39.52734111)]
    [InlineData(0.10, 0.05, 1.26683277)]
    [InlineData(0.10, 0.10, 1.58769032)]
    [InlineData(0.10, 0.20, 2.19202148)]
    [InlineData(0.10, 0.40, 4.15923159)]
    [InlineData(1.00, 0.05, 0.27803051)]
    [InlineData(1.00, 0.10, 0.36842824)]
    [InlineData(1.00, 0.20, 0.50130372)]
    [InlineData(1.00, 0.40, 0.74652913)]
    [InlineData(1.00, 0.60, 1.08815268)]
    [InlineData(10.0, 0.05, 0.07511363)]
    [InlineData(10.0, 0.10, 0.10400092)]
    [InlineData(10.0, 0.20, 0.14566932)]
    [InlineData(10.0, 0.40, 0.21654804)]
    [InlineData(10.0, 0.60, 0.30724965)]
    public void Speeds_without_uptake_are_those_of_the_speed_equation(double beta, double theta, double delta)
    {
        // A missing past of m sites changes c by about exp(−m/4βδ): that is 1e-7 at 16·4βδ sites. δ has 8 decimals.
        int seeds = Math.Max(15, (int)Math.Ceiling(16 * 4 * beta * delta));
        SimulationResult result = Run(beta, 0, theta, seeds + 40, seeds, delta);
        Assert.Equal(Outcome.Wave, result.Outcome);
        Assert.Equal(1, result.Observables[0] * delta * Tau, 1e-6);
        Assert.Equal(40, result.Observables[1]);
    }

    /// <summary>
    /// The speed equation has a root here, but the calcium ahead of such a front passes Θ already at 0.7 δ: it is no solution
    /// with sites that fire at the first crossing, and a front prepared so dies.
    /// </summary>
    [Theory]
    [InlineData(0.01, 98.62717723)]
    [InlineData(0.10, 9.82441393)]
    public void Roots_of_the_speed_equation_that_cross_earlier_are_no_waves(double beta, double delta)
    {
        Assert.Equal(0.6, FrontSpeed.Threshold(delta, beta, 0), 1e-8);
        Assert.True(FrontSpeed.Ahead(0.7 * delta, delta, beta, 0) > 0.6 + 1e-3);
        foreach (int seeds in new[] { 16, 24, 63 })
        {
            SimulationResult result = Run(beta, 0, 0.6, seeds + 40, seeds, delta);
            Assert.Equal(Outcome.Abortive, result.Outcome);
            Assert.True(result.Observables[1] < 5);
        }
    }

    /// <summary>
    /// Started 1e-4 beside the steady interval, the front returns to it just below the point where alternation sets in,
    /// and leaves it just above: the deviation shrinks (grows) by a steady share per site, here over 200 sites.
    /// </summary>
    [Theory]
    [InlineData(0.01, 50, 80)]
    [InlineData(0.10, 5, 8)]
    public void Steady_fronts_give_way_to_alternating_ones_where_linear_theory_says(double beta, double from, double to)
    {
        double delta = FrontSpeed.Alternation(beta, from, to), theta = FrontSpeed.Threshold(delta, beta, 0);
        Assert.True(Alternation(beta, 0.99 * theta) < 1e-6);
        Assert.True(Alternation(beta, 1.01 * theta) > 0.1);
    }

    [Theory]
    [InlineData(0.05, 0.5, 0.025)]
    [InlineData(0.5, 1, 0.08)]
    [InlineData(2, 0.05, 0.3)]
    [InlineData(0.3, 0.001, 0.2)]
    [InlineData(1, 1e-8, 0.2)]
    public void Speeds_with_uptake_are_those_of_the_speed_equation(double beta, double kappa, double theta)
    {
        // Bisection from 0 finds the fast root if G is below Θ up to it, as it is left of the maximum.
        double delta = FrontSpeed.Interval(theta, beta, kappa, upTo: 0.9);
        delta = FrontSpeed.Threshold(delta, beta, kappa) > theta - 1e-9 ? delta : FrontSpeed.Interval(theta, beta, kappa, upTo: 3);
        Assert.Equal(theta, FrontSpeed.Threshold(delta, beta, kappa), 1e-9);
        SimulationResult result = Run(beta, kappa, theta, 120, 60, delta);
        Assert.Equal(Outcome.Wave, result.Outcome);
        Assert.Equal(1, result.Observables[0] * delta * Tau, 1e-7);
    }

    /// <summary>Seeds as in the reference, 15, or 10β + 20 where memory is long.</summary>
    [Theory]
    [InlineData(1.0, 0.5, 0.24504157, 1.079911, 15)]
    [InlineData(0.2, 0.1, 0.29725417, 2.637540, 15)]
    [InlineData(4.0, 0.1, 0.52212676, 0.676669, 60)]
    public void With_uptake_the_front_goes_on_below_the_critical_threshold_and_dies_above(
        double beta, double kappa, double critical, double slowest, int seeds)
    {
        foreach (double below in new[] { 0.95, 0.99 })
        {
            double delta = FrontSpeed.Interval(below * critical, beta, kappa, slowest);
            SimulationResult result = Run(beta, kappa, below * critical, seeds + 150, seeds, delta);
            Assert.Equal(Outcome.Wave, result.Outcome);
            Assert.Equal(1, result.Observables[0] * delta * Tau, 1e-6);
        }

        foreach (double above in new[] { 1.01, 1.05 })
        {
            Assert.Equal(Outcome.Abortive, Run(beta, kappa, above * critical, seeds + 150, seeds, slowest).Outcome);
        }
    }

    [Theory]
    [InlineData(0.01, 0.24196871)]
    [InlineData(0.05, 0.24192038)]
    [InlineData(0.1, 0.24177010)]
    [InlineData(0.25, 0.24074860)]
    [InlineData(0.5, 0.23746630)]
    [InlineData(1, 0.22777067)]
    [InlineData(2, 0.20743850)]
    [InlineData(5, 0.16696809)]
    [InlineData(10, 0.13353122)]
    public void One_site_ignites_its_neighbours_below_its_threshold_only(double beta, double expected) =>
        Assert.Equal(expected, Ignition(beta, 1), 1e-8);

    [Theory]
    [InlineData(0.1, 2, 0.3235)]
    [InlineData(0.1, 3, 0.3648)]
    [InlineData(0.1, 5, 0.4068)]
    [InlineData(0.1, 8, 0.4357)]
    [InlineData(1, 2, 0.3187)]
    [InlineData(1, 3, 0.3630)]
    [InlineData(1, 5, 0.4064)]
    [InlineData(1, 8, 0.4356)]
    public void Sites_fired_together_ignite_at_higher_thresholds(double beta, int seeds, double expected) =>
        Assert.Equal(expected, Ignition(beta, seeds), 1e-4);

    [Fact]
    public void A_front_with_fewer_than_eleven_sites_to_go_has_no_speed()
    {
        Assert.Equal(double.NaN, Run(0.1, 0, 0.1, 11, 1, 0).Observables[0]);
        Assert.False(double.IsNaN(Run(0.1, 0, 0.1, 12, 1, 0).Observables[0]));
        Assert.NotNull(_model.Check([1, 5, Tau, 1, 1, 1, 0, 5, 0]));
    }

    /// <summary>Corners of the parameter box end in an outcome, not in a failure.</summary>
    [Fact]
    public void Extreme_parameters_are_decided()
    {
        foreach (double spacing in new[] { 0.1, 50 })
        {
            foreach (double tau in new[] { 1e-4, 10 })
            {
                foreach (double diffusion in new[] { 0.1, 1000 })
                {
                    foreach (double uptake in new[] { 0, 1e-3, 1e4 })
                    {
                        foreach (double theta in new[] { 1e-6, 0.1, 0.24, 0.5, 0.99, 3 })
                        {
                            SimulationResult result = CollectingFeed.Run(
                                _model, 1, 1, ("sites.spacing", spacing), ("sites.count", 30), ("release.time", tau),
                                ("release.amount", 100), ("threshold.calcium", Math.Max(1e-4, theta * 100 / spacing)),
                                ("diffusion", diffusion), ("uptake.rate", uptake), ("stimulus.sites", 3))[0];
                            Assert.NotEqual(Outcome.Failed, result.Outcome);
                        }
                    }
                }
            }
        }
    }

    // Relative difference of the last two intervals of a front started beside its steady interval.
    private static double Alternation(double beta, double theta)
    {
        double delta = FrontSpeed.Interval(theta, beta, 0, 100);
        var front = new Front();
        front.Load(beta, 0, theta);
        for (int n = 0; n < 280; n++)
        {
            Assert.Equal(FrontStep.Fired, front.FireNext(n < 80 ? n * delta * 0.9999 : double.PositiveInfinity));
        }

        double last = front.Times[^1] - front.Times[^2], before = front.Times[^2] - front.Times[^3];
        return Math.Abs(last - before) / delta;
    }

    // The largest Θ at which sites fired together start a wave, by bisection.
    private static double Ignition(double beta, int seeds)
    {
        double low = 0.01, high = 1;
        for (int i = 0; i < 32; i++)
        {
            double middle = 0.5 * (low + high);
            bool wave = Run(beta, 0, middle, seeds + 15, seeds, 0).Outcome == Outcome.Wave;
            (low, high) = wave ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static SimulationResult Run(
        double beta, double kappa, double theta, int count, int seeds, double interval) => CollectingFeed.Run(
            _model, 1, 1, ("sites.spacing", 1), ("sites.count", count), ("release.time", Tau), ("release.amount", 1),
            ("threshold.calcium", theta), ("diffusion", beta / Tau), ("uptake.rate", kappa / Tau),
            ("stimulus.sites", seeds), ("stimulus.interval", interval * Tau))[0];
}
