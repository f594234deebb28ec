using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using Xunit;
using static CalciumSweep.Actors.Campaigns.Steps;

namespace CalciumSweep.Actors.Campaigns;

/// <summary>The shell around the state, in virtual time, every message through its wire format.</summary>
public sealed class CampaignActorTests() : TestKit(_config)
{
    private static readonly Config _config = ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          persistence.journal.plugin = "akka.persistence.journal.inmem"
          persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """).WithFallback(ConfigurationFactory.ParseString(WireConfig.Hocon)).WithFallback(DistributedPubSub.DefaultConfig());

    private readonly MemoryResults _store = new();
    private TestProbe _mediator = null!;

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_submitted_campaign_is_saved_announced_and_leased()
    {
        IActorRef campaign = Start();
        Tell(campaign, Submit);

        Assert.Equal(CampaignStatus.Running, Expect<CampaignStanding>().Status);
        Assert.Equal(CampaignStatus.Running, Assert.IsType<CampaignAnnounced>(_mediator.ExpectMsg<Publish>().Message).Status);
        Assert.NotNull(_store.FindCampaign(Id.Value));
        Tell(campaign, new GetSpec(Id, new("a"), WorkerVersions.Current));
        Assert.Equal("name: map", Expect<CampaignSpec>().Spec.Text);
        Tell(campaign, Holds("a", 1, GrainSet.Empty, 2));
        Assert.Equal(GrainSet.Of(0, 8), Expect<GrainsLeased>().Granted);
    }

    [Fact]
    public void A_completion_is_acknowledged_after_the_flush_and_again_when_it_is_sent_again_but_counted_once()
    {
        IActorRef campaign = Started();
        for (int i = 0; i < 2; i++)
        {
            Tell(campaign, Done(3));
            Tell(campaign, Done(3));
            Tell(campaign, new GetStanding(Id));

            // Nothing is acknowledged before the flush, so that the standing comes first.
            Expect<CampaignStanding>();
            Time.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Equal(GrainSet.Of(3), Expect<GrainsAcknowledged>().Grains);
            Assert.Equal(GrainSet.Of(3), Expect<GrainsAcknowledged>().Grains);
        }

        Tell(campaign, new GetStanding(Id));
        CampaignStanding standing = Expect<CampaignStanding>();
        Assert.Equal(1, standing.Completed);
        Assert.Equal(TallyOf(3).Counts, standing.Tally.Counts);
    }

    [Fact]
    public void The_last_completion_finishes_the_campaign_in_the_store_too()
    {
        IActorRef campaign = Started();
        Complete(campaign, [.. GrainSet.All(Grains).Grains]);
        Tell(campaign, new GetStanding(Id));

        Assert.Equal(CampaignStatus.Completed, Expect<CampaignStanding>().Status);
        Assert.Equal(CampaignStatus.Completed, _store.FindCampaign(Id.Value)!.State);
        Assert.Equal(CampaignStatus.Completed, Assert.IsType<CampaignAnnounced>(_mediator.ExpectMsg<Publish>().Message).Status);
    }

    [Fact]
    public void A_restarted_entity_knows_what_was_completed_and_is_silent_until_it_is_wanted()
    {
        IActorRef campaign = Started();
        Store(1, 2);
        Complete(campaign, 1, 2);
        Watch(campaign);
        Sys.Stop(campaign);
        ExpectTerminated(campaign);

        campaign = Start();
        Tell(campaign, new GetStanding(Id));
        Assert.Equal(2, Expect<CampaignStanding>().Completed);
        for (int second = 0; second < 6; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Tell(campaign, new GetStanding(Id));
        Expect<CampaignStanding>();
        _mediator.ExpectNoMsg(TimeSpan.Zero);
        Tell(campaign, Submit);
        Expect<CampaignStanding>();
        _mediator.ExpectMsg<Publish>();
        Tell(campaign, Holds("a", 1, GrainSet.Empty, 16));
        Assert.Equal(GrainSet.All(Grains).Except(GrainSet.Of(1, 2)), Expect<GrainsLeased>().Granted);
    }

    [Fact]
    public void Grains_that_are_stored_but_were_never_reported_are_not_leased()
    {
        Store(0, 8, 5);
        IActorRef campaign = Started();

        Tell(campaign, Holds("a", 1, GrainSet.Empty, 16));

        Assert.Equal(GrainSet.All(Grains).Except(GrainSet.Of(0, 5, 8)), Expect<GrainsLeased>().Granted);
        Tell(campaign, new GetStanding(Id));
        Assert.Equal(3 * PerGrain, Expect<CampaignStanding>().Tally.Total);
    }

    [Fact]
    public void Leases_of_a_silent_worker_go_to_others_after_the_lease_time()
    {
        IActorRef campaign = Started();
        Tell(campaign, Holds("a", 1, GrainSet.Empty, 16));
        Assert.Equal(16, Expect<GrainsLeased>().Granted.Count);
        Tell(campaign, Holds("b", 1, GrainSet.Empty, 4));
        Assert.True(Expect<GrainsLeased>().Granted.IsEmpty);

        for (int second = 0; second < 13; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Tell(campaign, Holds("b", 2, GrainSet.Empty, 4));
        Assert.Equal(4, Expect<GrainsLeased>().Granted.Count);
    }

    [Fact]
    public void While_the_store_does_not_answer_nothing_is_leased_and_the_standing_says_why()
    {
        _store.IsDown = true;
        IActorRef campaign = Start();
        Tell(campaign, Submit);
        Assert.Equal("the disk is gone", Expect<CampaignStanding>().Problem);
        Tell(campaign, Holds("a", 1, GrainSet.Empty, 2));
        Tell(campaign, new GetStanding(Id));
        Expect<CampaignStanding>();

        _store.IsDown = false;
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Expect<GrainsLeased>().Granted.Count);
        Tell(campaign, new GetStanding(Id));
        Assert.Null(Expect<CampaignStanding>().Problem);
    }

    [Fact]
    public void Pausing_and_cancelling_are_in_the_store_when_they_are_answered()
    {
        IActorRef campaign = Started();
        Tell(campaign, new PauseCampaign(Id));
        Assert.Equal(CampaignStatus.Paused, Expect<CampaignStanding>().Status);
        Assert.Equal(CampaignStatus.Paused, _store.FindCampaign(Id.Value)!.State);
        Tell(campaign, new ResumeCampaign(Id));
        Assert.Equal(CampaignStatus.Running, Expect<CampaignStanding>().Status);
        Tell(campaign, new CancelCampaign(Id));
        Assert.Equal(CampaignStatus.Cancelled, Expect<CampaignStanding>().Status);
        Assert.Equal(CampaignStatus.Cancelled, _store.FindCampaign(Id.Value)!.State);
    }

    [Fact]
    public void Chosen_quarantined_grains_are_retried_once_the_others_stay_and_a_restart_knows_both()
    {
        IActorRef campaign = Started();
        var given = new Dictionary<long, QuarantinedSimulation> { [1] = new(7, "took too long"), [2] = new(12, "ended its process") };
        _store.WriteGrains(
            Submit.Spec.Record(Id, CampaignStatus.Running, [], TimeSpan.Zero, Noon),
            [.. GrainSet.All(Grains).Grains.Select(grain => new GrainResult(
                grain, [.. Enumerable.Range(0, PerGrain).Select(i => i == 2 && given.ContainsKey(grain) ? null : (Outcome?)Outcome.Wave)],
                new Dictionary<int, string>(), [], new long[PerGrain], 0))]);
        Tell(campaign, new CompleteGrains(Id, new("a"), [.. GrainSet.All(Grains - 1).Grains.Select(grain => new GrainCompletion(
            grain, new Tally([0, 0, 0, 0, given.ContainsKey(grain) ? PerGrain - 1 : PerGrain]), given.TryGetValue(grain, out var one) ? [one] : []))]));
        Tell(campaign, new GetStanding(Id));
        Expect<CampaignStanding>();
        Time.Advance(TimeSpan.FromMilliseconds(20));
        Expect<GrainsAcknowledged>();

        // The store tells what is quarantined while the campaign still runs.
        Time.Advance(TimeSpan.FromSeconds(1));
        Tell(campaign, new GetStanding(Id));
        Assert.Equal(2, Expect<CampaignStanding>().Quarantined);
        Assert.Equal([7, 12], _store.FindCampaign(Id.Value)!.Quarantined.Select(one => one.Simulation));

        // Grain 3 has nothing that is quarantined, and the second command comes too late to do anything.
        for (int i = 0; i < 2; i++)
        {
            Tell(campaign, new RetryGrains(Id, GrainSet.Of(2, 3)));
            AssertRetried();
            Assert.Equal([7], _store.FindCampaign(Id.Value)!.Quarantined.Select(one => one.Simulation));
            Assert.Equal(GrainSet.All(Grains).Except(GrainSet.Of(2)), GrainSet.Of(_store.StoredGrains(Id)));
        }

        Watch(campaign);
        Sys.Stop(campaign);
        ExpectTerminated(campaign);
        campaign = Start();
        Tell(campaign, new GetStanding(Id));
        AssertRetried();

        void AssertRetried()
        {
            CampaignStanding standing = Expect<CampaignStanding>();
            Assert.Equal((CampaignStatus.Running, 1), (standing.Status, (int)standing.Quarantined));
            Assert.Equal((PerGrain * (int)standing.Completed) - 1, standing.Tally.Total);
        }
    }

    /// <summary>Akka's own messages have no wire format here, so that serialize-messages cannot be switched on for all.</summary>
    private T Wire<T>(T message)
        where T : ICampaignMessage
    {
        CampaignSerializer wire = Assert.IsType<CampaignSerializer>(Sys.Serialization.FindSerializerFor(message));
        return (T)wire.FromBinary(wire.ToBinary(message), wire.Manifest(message));
    }

    private void Tell(IActorRef campaign, ICampaignMessage message) => campaign.Tell(Wire(message), TestActor);

    private T Expect<T>()
        where T : ICampaignMessage => Wire(ExpectMsg<T>());

    private IActorRef Start()
    {
        _mediator = CreateTestProbe();
        return Sys.ActorOf(CampaignActor.For(Id, CampaignRules.Default, _store, _mediator, new VirtualTime(Time)));
    }

    private IActorRef Started()
    {
        IActorRef campaign = Start();
        Tell(campaign, Submit);
        Expect<CampaignStanding>();
        _mediator.ExpectMsg<Publish>();
        return campaign;
    }

    private void Complete(IActorRef campaign, params long[] grains)
    {
        Tell(campaign, Done(grains));
        Tell(campaign, new GetStanding(Id));
        Expect<CampaignStanding>();
        Time.Advance(TimeSpan.FromMilliseconds(20));
        Expect<GrainsAcknowledged>();
    }

    private void Store(params long[] grains) => _store.WriteGrains(
        Submit.Spec.Record(Id, CampaignStatus.Running, [], TimeSpan.Zero, Noon),
        [.. grains.Select(grain => new GrainResult(
            grain,
            [.. Enumerable.Range(0, PerGrain).Select(i => (Outcome?)(i < grain % PerGrain ? Outcome.Quiescent : Outcome.Wave))],
            new Dictionary<int, string>(), [], new long[PerGrain], 0))]);
}
