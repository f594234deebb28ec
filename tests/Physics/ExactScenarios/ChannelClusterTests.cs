using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.ExactScenarios;

/// <summary>
/// Monte Carlo means against exact ones within 4 standard errors (a correct simulator fails one comparison in 16 000).
/// Seeds are fixed: a test passes always or never.
/// </summary>
public sealed class ChannelClusterTests
{
    private const int FirstEmpty = 0, ReachedHalf = 1, MeanOpen = 2, VarianceOpen = 3;

    private static readonly Model _model = Composition.Compose(new(
        "channel-cluster", "One cluster.",
        [new("geometry", "", "cluster", new Dictionary<string, string>(StringComparer.Ordinal))],
        new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []));

    [Theory]
    [InlineData(10, 0.5, 2, 10, 0.265161771, 0.622683741, 0.211315598, 1.33367770, 2.55446495)]
    [InlineData(10, 0.5, 4, 10, 0.969006746, 1.80733915, 0.504580432, 3.65492952, 6.50240542)]
    [InlineData(20, 0.1, 5, 20, 0.0713388547, 0.249521467, 1.54842860e-4, 0.180795575, 0.315242348)]
    public void The_linear_systems_give_the_published_numbers(
        int n, double opening, double cooperativity, double closing,
        double fromOne, double fromAll, double half, double mean, double variance)
    {
        var truth = new BirthDeathTruth(n, opening, cooperativity, closing);
        double[] times = truth.MeanTimeToEmpty();
        (double exactMean, double exactVariance) = truth.Stationary();

        // The published numbers have nine digits.
        Assert.Equal(1, times[1] / fromOne, 1e-8);
        Assert.Equal(1, times[n] / fromAll, 1e-8);
        Assert.Equal(1, truth.ReachesHalfFirst()[1] / half, 1e-8);
        Assert.Equal(1, exactMean / mean, 1e-8);
        Assert.Equal(1, exactVariance / variance, 1e-8);
    }

    /// <summary>Durations leave less than 1e-9 of the runs undecided; fewer runs where the cluster stays open long.</summary>
    [Theory]
    [InlineData(10, 0.5, 2, 10, 1, 14, 100_000)]
    [InlineData(10, 0.5, 2, 10, 10, 14, 100_000)]
    [InlineData(10, 0.5, 4, 10, 1, 42, 20_000)]
    [InlineData(10, 0.5, 4, 10, 10, 42, 20_000)]
    [InlineData(20, 0.1, 5, 20, 1, 3, 400_000)]
    [InlineData(20, 0.1, 5, 20, 20, 3, 100_000)]
    [InlineData(7, 3, 0.5, 9, 3, 20, 30_000)]
    [InlineData(1, 50, 0, 150, 1, 0.2, 100_000)]
    [InlineData(40, 0, 0, 5, 40, 6, 20_000)]
    public void Passage_to_empty_and_to_half_are_those_of_the_linear_systems(
        int n, double opening, double cooperativity, double closing, int start, double duration, int replicates)
    {
        SimulationResult[] results = Run(n, opening, cooperativity, closing, start, duration, replicates);
        var truth = new BirthDeathTruth(n, opening, cooperativity, closing);
        double[] times = [.. results.Select(r => r.Observables[FirstEmpty])];
        Assert.DoesNotContain(double.NaN, times);
        (double mean, double variance) = Moments(times);
        Assert.InRange(mean - truth.MeanTimeToEmpty()[start], -4 * Math.Sqrt(variance / replicates), 4 * Math.Sqrt(variance / replicates));

        double[] reaches = truth.ReachesHalfFirst();
        double p = start < reaches.Length ? reaches[start] : 1;
        double error = 4 * Math.Sqrt(p * (1 - p) / replicates);
        Assert.InRange(results.Average(r => r.Observables[ReachedHalf]) - p, -error - 1e-12, error + 1e-12);
    }

    /// <summary>
    /// Replicates are the batches. The start biases the mean by less than 2 relaxation times / duration of a
    /// standard deviation, below a fifth of a standard error here.
    /// </summary>
    [Theory]
    [InlineData(10, 0.5, 2, 10, 20_000)]
    [InlineData(10, 0.5, 4, 10, 10_000)]
    [InlineData(20, 0.1, 5, 20, 20_000)]
    [InlineData(20, 50, 0, 150, 300)]
    [InlineData(7, 3, 0.5, 9, 3_000)]
    [InlineData(200, 2, 0.01, 100, 300)]
    public void Long_runs_have_the_stationary_mean_and_variance(
        int n, double opening, double cooperativity, double closing, double duration)
    {
        const int batches = 40;
        SimulationResult[] results = Run(n, opening, cooperativity, closing, 1, duration, batches);
        (double mean, double variance) = new BirthDeathTruth(n, opening, cooperativity, closing).Stationary();
        double[] means = [.. results.Select(r => r.Observables[MeanOpen])];
        (double measured, double spread) = Moments(means);
        double error = 4 * Math.Sqrt(spread / batches);
        Assert.InRange(measured - mean, -error, error);

        // Within a batch deviations are from the batch's own mean: Var = E[variance] + Var[mean].
        double[] squares = [.. results.Select(r => r.Observables[VarianceOpen] + Square(r.Observables[MeanOpen] - mean))];
        (double measuredVariance, double spreadOfSquares) = Moments(squares);
        double errorOfVariance = 4 * Math.Sqrt(spreadOfSquares / batches);
        Assert.InRange(measuredVariance - variance, -errorOfVariance, errorOfVariance);
    }

    [Fact]
    public void Two_state_channels_forget_in_five_milliseconds()
    {
        // Var[mean over T] = 2·variance·τ/T up to τ/T = 0.25 %; a variance from n values has relative standard error √(2/n).
        const double duration = 2, tau = 0.005;
        const int replicates = 5_000;
        SimulationResult[] results = Run(20, 50, 0, 150, 5, duration, replicates);
        (double mean, double variance) = Moments([.. results.Select(r => r.Observables[MeanOpen])]);
        double expected = 2 * 3.75 * tau / duration;
        Assert.InRange(mean - 5, -4 * Math.Sqrt(expected / replicates), 4 * Math.Sqrt(expected / replicates));
        Assert.InRange(variance / expected, 1 - (4 * Math.Sqrt(2.0 / replicates)) - 0.005, 1 + (4 * Math.Sqrt(2.0 / replicates)));
    }

    [Fact]
    public void Open_times_of_one_channel_are_exponential()
    {
        const int replicates = 100_000;
        double[] times = [.. Run(1, 50, 0, 150, 1, 0.25, replicates).Select(r => r.Observables[FirstEmpty])];
        Array.Sort(times);
        double worst = 0;
        for (int i = 0; i < replicates; i++)
        {
            double f = 1 - Math.Exp(-150 * times[i]);
            worst = Math.Max(worst, Math.Max(f - ((double)i / replicates), ((i + 1.0) / replicates) - f));
        }

        // Kolmogorov–Smirnov at 10⁻⁶.
        Assert.True(worst < 2.69 / Math.Sqrt(replicates), $"{worst}");
    }

    [Fact]
    public void Empty_clusters_undecided_ones_and_full_ones_answer_by_definition()
    {
        double[] empty = Run(10, 0, 0, 1, 0, 5, 1)[0].Observables;
        Assert.Equal([0, 0, 0, 0], empty);
        double[] undecided = Run(10, 0, 0, 1e-9, 1, 1, 1)[0].Observables;
        Assert.Equal([double.NaN, double.NaN, 1, 0], undecided);
        double[] full = Run(10, 0, 0, 1e-9, 5, 1, 1)[0].Observables;
        Assert.Equal([double.NaN, 1, 5, 0], full);
        Assert.NotNull(_model.Check([5, 1, 0, 1, 6, 1]));
    }

    [Fact]
    public void Replicates_differ_and_each_can_be_had_again()
    {
        SimulationResult[] first = Run(10, 0.5, 2, 10, 1, 20, 8), again = Run(10, 0.5, 2, 10, 1, 20, 8);
        Assert.Equal(first.SelectMany(r => r.Observables), again.SelectMany(r => r.Observables));
        Assert.Equal(8, first.Select(r => r.Observables[MeanOpen]).Distinct().Count());
    }

    private static SimulationResult[] Run(
        int n, double opening, double cooperativity, double closing, int start, double duration, int replicates) =>
        CollectingFeed.Run(
            _model, replicates, 1, ("channels", n), ("opening.rate", opening), ("cooperativity", cooperativity),
            ("closing.rate", closing), ("start.open", start), ("duration", duration));

    private static double Square(double x) => x * x;

    private static (double Mean, double Variance) Moments(double[] x)
    {
        double mean = x.Average();
        return (mean, x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1));
    }
}
