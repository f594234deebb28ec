using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Kernels;

/// <summary>
/// Whole simulations with the passes that were composed by type over the same with passes written by hand, both in turn in one
/// run, the least of many: what composing costs, and the guard of the composition cliff.
/// </summary>
internal sealed class ComposingCost
{
    /// <summary>More than this must not be paid for composing.</summary>
    public const double Bound = 1.2;

    private const double LeastMilliseconds = 15;
    private const int Pairs = 3;
    private readonly Model _model;
    private readonly ISimulator _composed, _byHand;
    private readonly double[] _parameters;

    private ComposingCost(string scenario, int width)
    {
        _model = ScenarioLibrary.Load(scenario);
        _parameters = _model.Defaults();
        _composed = _model.NewSimulator(width);
        _byHand = _model.NewSimulator(width);
        Width = width;
    }

    /// <summary>The scenarios whose passes are written by hand: one or more of every engine that composes.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = 
    [
        "w1d", "ip3r-ryr-front", "bistable-front", "integrated-cable", "site-line", "resting-cell", "li-rinzel", "agonist-response", "store-operated-entry",
        "mitochondrial-uptake", "dyad-clamp", "release-sensor", "presynaptic-terminal", "cardiac-dyad", "integrated-cell",
    ];

    private int Width { get; }

    /// <summary>Ratio of the times of a scenario at a lane width of 4 or 8: the median of three pairs, because where memory comes to lie decides up to a quarter.</summary>
    /// <exception cref="InvalidOperationException">A pass is not written by hand, or gives other bits.</exception>
    public static double At(string scenario, int width, int rounds)
    {
        double[] ratios = [.. Enumerable.Range(0, Pairs).Select(_ => width == 8 ? At<Lane8>(scenario, rounds) : At<Lane4>(scenario, rounds)).Order()];
        return ratios[Pairs / 2];
    }

    private static double At<V>(string scenario, int rounds)
        where V : unmanaged, ILanes<V>
    {
        var cost = new ComposingCost(scenario, V.Count);
        int written = 0;
        var missing = new List<string>();
        SimulationResult first = cost.Run(cost._composed, 1, out _), second;
        try
        {
            // Kernels are made when a simulator meets its first simulation.
            PassMembers<V>.ByHand = (members, slopes) =>
            {
                FluxPass<V>? pass = HandPass<V>.Of(members, slopes);
                written += pass is null ? 0 : 1;
                if (pass is null)
                {
                    missing.Add(string.Join('+', members.Select(m => m.Info.Id)));
                }

                return pass;
            };
            second = cost.Run(cost._byHand, 1, out _);
        }
        finally
        {
            PassMembers<V>.ByHand = null;
        }

        if (missing.Count > 0 || !first.Observables.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(second.Observables.Select(BitConverter.DoubleToInt64Bits)))
        {
            throw new InvalidOperationException($"{scenario}: {written} passes by hand with other bits, or not by hand: {string.Join(", ", missing)}");
        }

        using (cost._composed)
        using (cost._byHand)
        {
            return cost.Ratio(rounds);
        }
    }

    private double Ratio(int rounds)
    {
        Run(_composed, 1, out double once);
        int perLane = Math.Max(1, (int)(LeastMilliseconds / once));
        double composed = double.PositiveInfinity, byHand = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            Run(_composed, perLane, out double a);
            Run(_byHand, perLane, out double b);
            (composed, byHand) = (Math.Min(composed, a), Math.Min(byHand, b));
        }

        return composed / byHand;
    }

    private SimulationResult Run(ISimulator simulator, int perLane, out double milliseconds)
    {
        var feed = new RepeatFeed(_model, _parameters, Width * perLane);
        double begin = ThreadClock.Milliseconds();
        simulator.Run(feed);
        milliseconds = ThreadClock.Milliseconds() - begin;
        return feed.Last;
    }
}
