using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using Xunit;
using static CalciumSweep.Actors.Campaigns.Steps;

namespace CalciumSweep.Actors.Campaigns;

public sealed class CampaignStateTests
{
    private static readonly GrainSet _all = GrainSet.All(Grains);

    [Fact]
    public void Submitting_twice_is_submitting_once()
    {
        CampaignState state = Submitted();

        Assert.Empty(state.Handle(Submit, Noon).Events);
        Assert.Equal(CampaignStatus.Running, state.Status);
        Assert.Equal(Grains, state.Submitted!.Spec.Layout.Grains);
    }

    [Fact]
    public void A_campaign_that_nobody_submitted_grants_and_acknowledges_nothing()
    {
        CampaignState state = New();

        Assert.True(state.Granted(Holds("a", 1, GrainSet.Empty, 4)).IsEmpty);
        Assert.True(((GrainsAcknowledged)state.Handle(Done(1), Noon).Reply!).Grains.IsEmpty);
        Assert.Empty(state.Handle(new PauseCampaign(Id), Noon).Events);
        Assert.Empty(state.Handle(new CancelCampaign(Id), Noon).Events);
        Assert.False(state.Standing(null).IsKnown);
    }

    [Fact]
    public void Leases_go_out_in_bit_reversed_order() =>
        Assert.Equal(GrainSet.Of(0, 8, 4, 12), Submitted().Granted(Holds("a", 1, GrainSet.Empty, 4)));

    [Fact]
    public void A_grain_is_granted_to_one_worker_only()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 10));

        GrainSet second = state.Granted(Holds("b", 1, GrainSet.Empty, 10));

        Assert.Equal(6, second.Count);
        Assert.Equal(_all, second.Union(state.Leases.Workers[new("a")].Held));
    }

    [Fact]
    public void What_a_worker_holds_counts_towards_what_it_wants()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 4));
        GrainSet held = state.Leases.Workers[new("a")].Held;

        Assert.True(state.Granted(Holds("a", 2, held, 4)).IsEmpty);
        Assert.Equal(2, state.Granted(Holds("a", 2, held, 6)).Count);
    }

    [Fact]
    public void A_lost_grant_is_granted_again()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 4));

        Assert.Equal(GrainSet.Of(0, 8, 4, 12), state.Granted(Holds("a", 2, GrainSet.Empty, 4)));
    }

    [Fact]
    public void A_statement_that_is_doubled_or_late_changes_nothing()
    {
        CampaignState state = Submitted()
            .After(Holds("a", 1, GrainSet.Empty, 4)).After(Holds("a", 3, GrainSet.Of(0, 8, 4, 12), 4));

        Assert.True(state.Granted(Holds("a", 3, GrainSet.Empty, 4)).IsEmpty);
        Assert.True(state.Granted(Holds("a", 2, GrainSet.Empty, 4)).IsEmpty);
        Assert.Equal(GrainSet.Of(0, 8, 4, 12), state.After(Holds("a", 2, GrainSet.Empty, 4)).Leases.Workers[new("a")].Held);
    }

    [Fact]
    public void A_restarted_coordinator_learns_the_leases_from_the_statements()
    {
        CampaignState restarted = Submitted().After(Holds("a", 7, GrainSet.Of(0, 8), 2));

        Assert.Equal(GrainSet.Of(4, 12), restarted.Granted(Holds("b", 1, GrainSet.Empty, 2)));
    }

    [Fact]
    public void A_silent_worker_is_given_up_and_its_grains_are_granted_again()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 16));
        DateTimeOffset later = Noon.AddSeconds(10.001);

        Assert.True(state.Expired(Noon.AddSeconds(10)).Granted(Holds("b", 1, GrainSet.Empty, 1)).IsEmpty);
        Assert.Equal(_all, state.Expired(later).Granted(Holds("b", 1, GrainSet.Empty, 16), later));
    }

    [Fact]
    public void A_completion_counts_once_and_is_acknowledged_every_time()
    {
        CampaignState state = Submitted().After(Done(3)).After(Done(3));
        Decision again = state.Handle(Done(3), Noon);

        Assert.Empty(again.Events);
        Assert.Equal(GrainSet.Of(3), ((GrainsAcknowledged)again.Reply!).Grains);
        Assert.Equal(TallyOf(3).Counts, state.Tally.Counts);
    }

    [Fact]
    public void Of_a_message_that_is_known_in_part_the_new_part_counts()
    {
        CampaignState state = Submitted().After(Done(3, 4)).After(Done(4, 5, 5));

        Assert.Equal(GrainSet.Of(3, 4, 5), state.Completed.ToSet());
        Assert.Equal(TallyOf(state.Completed.ToSet()).Counts, state.Tally.Counts);
    }

    [Fact]
    public void Whoever_reports_a_grain_is_believed()
    {
        CampaignState state = Submitted().After(Holds("b", 1, GrainSet.Empty, 16)).After(Done(2));

        Assert.True(state.Completed.Contains(2));
        Assert.False(state.Granted(Holds("c", 1, GrainSet.Empty, 16)).Contains(2));
    }

    [Fact]
    public void A_grain_that_does_not_exist_is_not_acknowledged() =>
        Assert.True(((GrainsAcknowledged)Submitted().Handle(Done(Grains), Noon).Reply!).Grains.IsEmpty);

    [Fact]
    public void The_last_grain_finishes_the_campaign_which_then_grants_nothing()
    {
        CampaignState state = Submitted().After(Done([.. _all.Grains]));

        Assert.Equal(CampaignStatus.Completed, state.Status);
        Assert.True(state.Granted(Holds("a", 1, GrainSet.Empty, 4)).IsEmpty);
        Assert.Empty(state.Handle(new PauseCampaign(Id), Noon).Events);
        Assert.Empty(state.Handle(new CancelCampaign(Id), Noon).Events);
        Assert.Empty(state.Handle(Submit, Noon).Events);
    }

    [Fact]
    public void A_paused_campaign_grants_nothing_accepts_completions_and_goes_on_when_resumed()
    {
        CampaignState paused = Submitted().After(Holds("a", 1, GrainSet.Empty, 2)).After(new PauseCampaign(Id)).After(Done(0));

        Assert.True(paused.Granted(Holds("a", 2, GrainSet.Of(8), 4)).IsEmpty);
        Assert.True(paused.Completed.Contains(0));
        Assert.Equal(3, paused.After(new ResumeCampaign(Id)).Granted(Holds("a", 2, GrainSet.Of(8), 4)).Count);
    }

    [Fact]
    public void A_cancelled_campaign_grants_nothing_until_somebody_wants_it_again()
    {
        CampaignState cancelled = Submitted().After(Done(0)).After(new CancelCampaign(Id));

        Assert.Equal(CampaignStatus.Cancelled, cancelled.Status);
        Assert.True(cancelled.Granted(Holds("a", 1, GrainSet.Empty, 4)).IsEmpty);
        Assert.Equal(CampaignStatus.Running, cancelled.After(Submit).Status);
    }

    [Fact]
    public void Quarantined_simulations_are_listed_once_and_finish_their_grain()
    {
        var done = new CompleteGrains(Id, new("a"), [new(1, new Tally([0, 4]), [new(7, "took too long")])]);
        CampaignState state = Submitted().After(done).After(done);

        Assert.Equal([new QuarantinedSimulation(7, "took too long")], state.Quarantined);
        Assert.Equal(4, state.Tally.Total);
        Assert.True(state.Completed.Contains(1));
    }

    [Fact]
    public void What_is_stored_but_not_in_the_journal_is_taken_over()
    {
        CampaignState state = Submitted().After(Done(1));
        GrainSet stored = GrainSet.Of(1, 2, 9);
        Decision adopted = state.Adopt(stored, TallyOf(stored), [new(46, "given up")]);
        CampaignState after = adopted.Events.Aggregate(state, (s, change) => s.Apply(change));

        Assert.Equal(stored, after.Completed.ToSet());
        Assert.Equal(TallyOf(stored).Counts, after.Tally.Counts);
        Assert.Single(after.Quarantined);
        Assert.Empty(after.Adopt(stored, TallyOf(stored), [new(46, "given up")]).Events);
    }

    [Fact]
    public void Taking_over_everything_finishes_the_campaign() => Assert.Contains(
        Submitted().Adopt(_all, TallyOf(_all), []).Events, change => change is CampaignFinished);

    [Fact]
    public void A_snapshot_restores_all_but_the_leases()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 4)).After(Done(0), Noon.AddSeconds(2));
        CampaignState restored = New().Restore(state.Snapshot()!).Begin(9);

        Assert.Equivalent(state.Snapshot(), restored.Snapshot(), strict: true);
        Assert.Empty(restored.Leases.Workers);
        Assert.Equal(9, restored.Epoch);
        Assert.Equal(TimeSpan.Zero, restored.SessionTime);
    }

    [Fact]
    public void Time_counts_from_the_first_lease_and_not_while_nothing_is_leased()
    {
        CampaignState state = Submitted().After(Holds("a", 1, GrainSet.Empty, 4), Noon.AddSeconds(5))
            .After(Done(0), Noon.AddSeconds(7)).After(Done(8), Noon.AddSeconds(8))
            .After(new CancelCampaign(Id), Noon.AddSeconds(9)).After(new ResumeCampaign(Id), Noon.AddHours(1))
            .After(Done(4), Noon.AddHours(2));

        Assert.Equal(TimeSpan.FromSeconds(3), state.WallTime);
    }
}
