using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>How events change the state.</summary>
public sealed partial record CampaignState
{
    /// <summary>The state after an event.</summary>
    public CampaignState Apply(ICampaignEvent change) => Changed(change) with { Sequence = Sequence + 1 };

    private CampaignState Changed(ICampaignEvent change) => change switch
    {
        CampaignSubmitted submitted => this with
        {
            Submitted = submitted,
            Status = CampaignStatus.Running,
            Priority = submitted.Priority,
            Leases = Leases.None(submitted.Spec.Layout.Grains, _rules.ShuffleSeed, GrainMap.Empty),
        },
        GrainsCompleted done => Complete(done),
        SimulationsQuarantined given => this with { Quarantined = Quarantined.AddRange(given.Simulations) },
        QuarantineRetried retried => Reopen(retried),
        GrainsSuspected lost => this with
        {
            Guarded = Guarded.Union(Suspected.Intersect(lost.Grains)),
            Suspected = Suspected.Union(lost.Grains),
        },
        PriorityChanged changed => this with { Priority = changed.Priority },
        CampaignPaused => this with { Status = CampaignStatus.Paused },
        CampaignResumed => this with { Status = CampaignStatus.Running, CountingSince = null },
        CampaignCancelled => this with { Status = CampaignStatus.Cancelled, CountingSince = null },
        CampaignFinished => this with { Status = CampaignStatus.Completed, CountingSince = null },
        CoordinatorChanged => this,
        CampaignDeleted deleted => new CampaignState(Id, _rules).Begin(Epoch) with { Removals = deleted.Removals },
        _ => throw new ArgumentException($"{change.GetType().Name} is not understood"),
    };

    private CampaignState Complete(GrainsCompleted done) => this with
    {
        Completed = Completed.With(done.Grains),
        Tally = Tally + done.Tally,
        WallTime = WallTime + done.WallTime,
        SessionTime = SessionTime + done.WallTime,
        CountingSince = CountingSince + done.WallTime,
        Leases = Leases.Complete(done.Grains),
        Suspected = Suspected.Except(done.Grains),
        Guarded = Guarded.Except(done.Grains),
    };

    private CampaignState Reopen(QuarantineRetried retried) => this with
    {
        Removals = Removals + 1,
        Completed = Completed.Without(retried.Grains),
        Tally = new Tally([.. Tally.Counts.Zip(retried.Tally.Counts, (all, gone) => all - gone)]),
        Quarantined = Quarantined.RemoveAll(
            given => retried.Grains.Contains(Submitted!.Spec.Layout.GrainOf(given.Simulation))),
        Status = CampaignStatus.Running,
        CountingSince = null,
        Leases = Leases.Reopen(retried.Grains),
    };
}
