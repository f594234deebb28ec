using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using Xunit;

namespace CalciumSweep.Unit.Results;

public sealed class PointSummariesTests
{
    private static readonly Dictionary<int, string> _noReasons = [];

    [Fact]
    public void A_point_split_over_grains_is_put_together_in_replicate_order()
    {
        var layout = new GrainLayout(Points: 2, Replicates: 4, PointsPerGrain: 1, ReplicatesPerGrain: 2);
        GrainResult[] grains =
        [
            Grain(0, [Outcome.Wave, Outcome.Wave], [1, 2]),
            Grain(1, [Outcome.Abortive, Outcome.Undecided], [3, double.NaN]),
            Grain(2, [Outcome.Abortive, Outcome.Abortive], [double.NaN, double.NaN]),
        ];

        PointSummary[] points = [.. PointSummaries.Of(layout, grains, observables: 1)];

        Assert.Equal([0L, 1L], points.Select(p => p.Index));
        Assert.Equal((4L, 0.5, 0.25), (points[0].N, points[0].PWave, points[0].Undecided));
        Assert.Equal(new ObservableSummary(3, 2, 1), points[0].Observables[0]);
        Assert.Equal(new ObservableSummary(0, null, null), points[1].Observables[0]);
    }

    [Fact]
    public void Quarantined_simulations_are_not_counted()
    {
        var layout = new GrainLayout(Points: 2, Replicates: 2, PointsPerGrain: 2, ReplicatesPerGrain: 2);
        GrainResult grain = Grain(0, [null, Outcome.Wave, null, null], [double.NaN, 5, double.NaN, double.NaN]);

        PointSummary point = Assert.Single(PointSummaries.Of(layout, [grain], observables: 1));

        Assert.Equal((0L, 1L, 1.0), (point.Index, point.N, point.PWave));
        Assert.Equal(new ObservableSummary(1, 5, null), point.Observables[0]);
    }

    private static GrainResult Grain(long index, Outcome?[] outcomes, double[] values) =>
        new(index, outcomes, _noReasons, values, new long[outcomes.Length], 0);
}
