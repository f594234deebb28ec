using CalciumSweep.Coordinator.Api;
using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using Xunit;

namespace CalciumSweep.Actors.Diagrams;

/// <summary>Many viewers of one map: what they are told is made once, and is what holds.</summary>
public sealed class SharedAnswersTests
{
    private const string Spec = "name: m\nscenario: no-op\naxes:\n  - { parameter: x, from: 0, to: 9, points: 10 }\n  - { parameter: y, from: 0, to: 7, points: 8 }\n";

    private static readonly Plan _plan = SpecReader.Parse(Spec, "m.yaml").Plan;

    [Fact]
    public void Viewers_of_the_same_version_share_one_delta_and_one_map_until_something_changes()
    {
        var store = new MemoryResults();
        CampaignRecord record = Record();
        var board = new PointBoard(store, record, _plan);
        DiagramRequest request = DiagramRequest.Of(_plan, null, null, null, "outcome");
        var view = new DiagramView(new DiagramSlice(_plan, request.Axes), new DiagramValue(board, request.Outcome, request.Observable), 0);
        Complete(3, 1);
        byte[] whole = view.Whole();
        Assert.Same(whole, view.Whole());
        byte[] delta = view.Since(0)!;
        Assert.Same(delta, view.Since(0));
        Assert.Equal(5, delta.Length);
        Assert.Empty(view.Since(1)!);

        // What was shared before stays as it was; from now on there is something new.
        Complete(4, 2);
        Assert.NotSame(whole, view.Whole());
        Assert.Equal((1, 2), (whole.Count(cell => cell != 0), view.Whole().Count(cell => cell != 0)));
        Assert.Equal((10, 5, 0), (view.Since(0)!.Length, view.Since(1)!.Length, view.Since(2)!.Length));

        void Complete(long point, long version)
        {
            store.WriteGrains(record, [new GrainResult(point, [Outcome.Wave], new Dictionary<int, string>(), [], [1], 0)]);
            var changed = new List<long>();
            Assert.True(board.Refresh(changed));
            view.Update(changed, version);
        }
    }

    private static CampaignRecord Record() => new Shared.Messages.SubmittedSpec(
        _plan.Identity, _plan.Text, new GrainLayout(_plan.Points, 1, 1, 1), Limits.Default, [], Keep.Simulations)
        .Record(_plan.Id, CampaignStatus.Running, [], TimeSpan.Zero, DateTimeOffset.UnixEpoch);
}
