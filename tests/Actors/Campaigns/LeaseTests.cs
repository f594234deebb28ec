using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using Xunit;
using static CalciumSweep.Actors.Campaigns.Steps;

namespace CalciumSweep.Actors.Campaigns;

/// <summary>How much is leased to whom, and what happens to what nobody ends.</summary>
public sealed class LeaseTests
{
    private static readonly GrainSet _all = GrainSet.All(Grains);

    [Fact]
    public void Nobody_is_to_queue_more_than_half_of_his_share_of_what_is_left()
    {
        CampaignState state = Submitted();

        // 16 grains, one worker with two slots: 16 / (2 × 2) for each slot.
        Assert.Equal(8, state.Granted(Holds("a", 1, GrainSet.Empty, 100) with { Slots = 2 }).Count);
        state = state.After(Done([.. Enumerable.Range(0, 12).Select(grain => (long)grain)]));
        Assert.Equal(2, state.Granted(Holds("a", 1, GrainSet.Empty, 100) with { Slots = 2 }).Count);
    }

    [Fact]
    public void What_is_not_begun_is_taken_back_for_a_newcomer_and_is_free_when_it_is_handed_back()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 16)).After(Holds("a", 2, _all, 16) with { Queued = _all });
        Decision asked = state.Handle(Newcomer(1), Noon);

        // Both have as many slots: half of the queue is the newcomer's.
        var (donor, message) = Assert.Single(asked.Notices);
        GrainSet back = Assert.IsType<ReturnGrains>(message).Grains;
        Assert.Equal(new("a"), donor);
        Assert.Equal(8, back.Count);
        Assert.True(((GrainsLeased)asked.Reply!).Granted.IsEmpty);

        state = state.With(asked);
        Decision returned = state.Handle(Holds("a", 3, _all.Except(back), 0) with { Queued = _all.Except(back) }, Noon);
        Assert.Equal((new WorkerId("b"), typeof(CampaignAnnounced)), (returned.Notices.Single().Worker, returned.Notices.Single().Message.GetType()));
        Assert.Equal(back, state.With(returned).Granted(Newcomer(2)));
    }

    [Fact]
    public void What_was_handed_back_is_not_granted_to_somebody_who_is_busy()
    {
        CampaignState state = Submitted().After(Holds("a", 1, _all, 16) with { Queued = _all }).After(Newcomer(1));
        GrainSet back = GrainSet.Of(14, 15);
        state = state.After(Holds("a", 2, _all.Except(back), 0));

        Assert.True(state.Granted(Holds("a", 3, _all.Except(back), 100)).IsEmpty);
        Assert.Equal(back, state.Granted(Newcomer(2)));
    }

    [Fact]
    public void The_oldest_grain_of_a_slow_worker_is_doubled_once_for_somebody_idle_and_no_earlier_than_it_is_late()
    {
        CampaignState state = Submitted().After(Done([.. Enumerable.Range(0, 15).Select(grain => (long)grain)]))
            .After(Holds("slow", 1, GrainSet.Of(15), 1));

        Assert.True(state.Granted(Newcomer(1), Noon.AddSeconds(1.9)).IsEmpty);
        Assert.Equal(GrainSet.Of(15), state.Granted(Newcomer(1), Noon.AddSeconds(2.1)));
        Assert.True(state.After(Newcomer(1), Noon.AddSeconds(2.1)).Granted(Newcomer(1) with { Worker = new("c") }, Noon.AddSeconds(9)).IsEmpty);
        Assert.True(state.Granted(Newcomer(1) with { Idle = 0 }, Noon.AddSeconds(9)).IsEmpty);
    }

    [Fact]
    public void A_doubled_grain_stays_leased_until_nobody_holds_it()
    {
        CampaignState state = Submitted().After(Holds("a", 1, _all, 0)).After(Holds("b", 1, GrainSet.Of(3), 0))
            .After(Holds("a", 2, GrainSet.Empty, 0));

        Assert.Equal(_all.Except(GrainSet.Of(3)), state.Granted(Newcomer(1) with { Worker = new("c") }));
        Assert.Equal(_all, state.After(Holds("b", 2, GrainSet.Empty, 0)).Granted(Newcomer(1) with { Worker = new("c") }));
    }

    [Fact]
    public void Grains_that_two_workers_fell_silent_with_are_guarded_until_they_are_done()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Of(1, 2), 0));
        state = state.Expired(Noon.AddSeconds(11)).After(Holds("b", 1, GrainSet.Of(2, 3), 0), Noon.AddSeconds(11));
        state = state.With(state.GiveUp([new("b")]));

        Assert.Equal(GrainSet.Of(2), state.Guarded);
        Assert.Equal(GrainSet.Of(2), ((GrainsLeased)state.Handle(Newcomer(1), Noon.AddSeconds(12)).Reply!).Guarded);
        Assert.True(state.After(Done(1, 2, 3)).Guarded.IsEmpty);
        Assert.True(state.After(Done(1, 2, 3)).Suspected.IsEmpty);
        Assert.Equal(GrainSet.Of(2), New().Restore(state.Snapshot()!).Guarded);
    }

    [Fact]
    public void A_worker_that_leaves_is_not_suspected_and_what_it_reported_has_time_to_arrive()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Of(1, 2), 0))
            .After(Holds("a", 2, GrainSet.Of(1), 0) with { IsLeaving = true });

        Assert.Equal(_all.Except(GrainSet.Of(1)), state.Granted(Newcomer(1)));
        Assert.Empty(state.Expire(Noon.AddSeconds(3)).Events);
        Assert.Equal(_all, state.Expired(Noon.AddSeconds(3)).Granted(Newcomer(1), Noon.AddSeconds(3)));
    }

    [Fact]
    public void Chunks_are_about_two_seconds_of_neighbours_and_the_map_stays_coarse()
    {
        const long Many = 1L << 16;
        Leases leases = Leases.None(Many, null, GrainMap.Empty);
        LeaseAnswer answer = leases.State(
            Newcomer(1) with { TopUpTo = 400, GrainSeconds = 0.1 }, GrainMap.Empty, isLeasing: true, Noon, Noon);

        Assert.Equal(16, answer.Next.ChunkGrains);
        Assert.All(answer.Granted.Ranges, range => Assert.Equal(0, range.First % 16));
        Assert.Equal(25, answer.Granted.Ranges.Count);
        Assert.Equal(64, leases.State(
            Newcomer(1) with { GrainSeconds = 1e-4 }, GrainMap.Empty, isLeasing: true, Noon, Noon).Next.ChunkGrains);
    }

    [Fact]
    public void Quarantined_grains_are_retried_and_completions_from_before_do_not_count()
    {
        var given = new CompleteGrains(Id, new("a"), [new(1, new Tally([0, 4]), [new(7, "took too long")])]);
        CampaignState state = Submitted().After(Done([.. _all.Except(GrainSet.Of(1)).Grains])).After(given);
        Assert.Equal(CampaignStatus.Completed, state.Status);
        state = state.With(state.Retry(state.QuarantinedGrains(), new Tally([0, 4])));

        Assert.Equal((CampaignStatus.Running, Grains - 1), (state.Status, (int)state.Completed.Count));
        Assert.Empty(state.Quarantined);
        Assert.Empty(state.Handle(given, Noon).Events);
        Assert.True(((GrainsAcknowledged)state.Handle(given, Noon).Reply!).Grains.IsEmpty);
        Assert.Equal(GrainSet.Of(1), state.Granted(Newcomer(1)));
        Assert.Equal(CampaignStatus.Completed, state.After(given with { Removals = 1 }).Status);
    }

    [Fact]
    public void A_deleted_campaign_is_unknown_and_can_be_submitted_again()
    {
        CampaignState state = Submitted().After(Done(3)).After(new DeleteCampaign(Id));

        Assert.False(state.Standing(null).IsKnown);
        Assert.Empty(state.Handle(Done(3), Noon).Events);
        state = state.After(Submit);
        Assert.True(state.Completed.IsEmpty);
        Assert.Empty(state.Handle(Done(3), Noon).Events);
        Assert.Single(state.Handle(Done(3) with { Removals = 1 }, Noon).Events);

        // A journal that was cut behind the second deletion still knows of both.
        ICampaignEvent last = Assert.Single(state.Handle(new DeleteCampaign(Id), Noon).Events);
        Assert.Equal(2, New().Apply(last).Removals);
    }

    [Fact]
    public void A_priority_is_brought_inside_its_bounds()
    {
        Assert.Equal(10, Submitted().After(new ChangePriority(Id, 99)).Priority);
        Assert.Equal(-10, New().After(Submit with { Priority = -99 }).Priority);
        Assert.Empty(Submitted().Handle(new ChangePriority(Id, 0), Noon).Events);
    }

    [Fact]
    public void A_table_of_a_million_grains_takes_a_bit_a_grain()
    {
        const long Many = 1_000_000;
        Leases leases = Leases.None(Many, null, GrainMap.Empty);
        long before = GC.GetAllocatedBytesForCurrentThread();
        leases = leases.State(Newcomer(1) with { TopUpTo = 10_000, Slots = 64 }, GrainMap.Empty, isLeasing: true, Noon, Noon).Next;

        // 10,000 leases scattered over all pages: one bit a grain, and no more than a few copies of that while it is made.
        Assert.InRange(leases.Bytes, 1, Many / 4);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8 * Many);
    }

    private static StateHolding Newcomer(long statement) => Holds("b", statement, GrainSet.Empty, 16) with { Idle = 16 };
}
