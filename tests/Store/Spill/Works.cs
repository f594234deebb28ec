using CalciumSweep.Actors;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Unit.Results;
using CalciumSweep.Worker;

namespace CalciumSweep.StoreTests.Spill;

/// <summary>Campaigns as a worker holds them.</summary>
internal static class Works
{
    /// <summary>A campaign of points with four replicates, a grain each.</summary>
    public static CampaignWork Of(int points)
    {
        Plan plan = NoOpPlans.Plan(points, 4);
        var spec = new SubmittedSpec(
            plan.Identity, plan.Text, new GrainLayout(points, 4, 1, 4), plan.Spec.Limits, plan.Spec.Observe, plan.Spec.Keep);
        var settings = new WorkerSettings(1, 1);
        var held = new HeldGrains(plan.Id, settings);
        held.State(new WorkerId("test"), number: 1, idle: 0);
        held.Grant(new GrainsLeased(plan.Id, 1, 1, GrainSet.All(spec.Layout.Grains), CampaignStatus.Running) { QueueLimit = points });
        while (held.Take(guarded: false, fits: null) is not null)
        {
        }

        // The node's threads find no grain: all are begun, as if they were being computed.
        return new CampaignWork(
            new CampaignSpec(plan.Id, spec, DateTimeOffset.UnixEpoch), plan, held, new WorkerNode(new MemoryResults(), settings with { Threads = 0 }));
    }

    public static GrainResult Grain(this CampaignWork work, long grain) => Grains.Known(work.Spec.Layout, grain);

    public static GrainResult[] AllGrains(this CampaignWork work) =>
        [.. Enumerable.Range(0, (int)work.Spec.Layout.Grains).Select(grain => work.Grain(grain))];

    /// <summary>Grains that the worker would report as stored.</summary>
    public static long[] Stored(this CampaignWork work) => [.. work.Unacknowledged().Select(c => c.Grain).Order()];
}
