using System.Collections.Concurrent;
using System.Diagnostics;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Actors.Node;

/// <summary>What a node traces, to one who listens.</summary>
[Collection("nodes")]
public sealed class TraceTests
{
    private static readonly CancellationToken _never = CancellationToken.None;

    [Fact]
    public async Task Leases_follow_the_submission_and_stored_grains_their_leases()
    {
        var parts = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = parts.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        Plan plan = NoOpPlans.Plan(100, 20);
        GrainLayout layout = GrainLayout.Choose(100, 20, 1e-2);
        using (var folder = new TemporaryFolder())
        {
            await using NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
            await node.SubmitAsync(plan, layout, _never);
            while ((await node.StatusAsync(plan.Id, _never)).State != CampaignStatus.Completed)
            {
                await Task.Delay(20);
            }
        }

        Activity submit = Assert.Single(parts, part => part.OperationName == "campaign.submit");
        Activity[] leases = [.. parts.Where(part => part.OperationName == "grains.lease")];
        Activity[] stores = [.. parts.Where(part => part.OperationName == "grains.store")];
        Assert.NotEmpty(leases);
        Assert.All(leases, lease => Assert.Equal((submit.TraceId, submit.SpanId), (lease.TraceId, lease.ParentSpanId)));
        Assert.NotEmpty(stores);
        Assert.All(stores, store => Assert.Contains(leases, lease => lease.SpanId == store.ParentSpanId && lease.TraceId == store.TraceId));
        Assert.All(parts, part => Assert.Equal(plan.Id.Value, part.GetTagItem(Signals.Campaign)));
        Assert.All(leases.Concat(stores), part => Assert.False(string.IsNullOrEmpty((string?)part.GetTagItem(Signals.Worker)), part.OperationName));
        Assert.Equal(layout.Grains, stores.Sum(store => Convert.ToInt64(store.GetTagItem(Signals.Grains), System.Globalization.CultureInfo.InvariantCulture)));
    }
}
