using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Worker;
using Xunit;
using static CalciumSweep.Actors.Campaigns.Steps;

namespace CalciumSweep.Actors.Worker;

public sealed class WorkerProtocolTests
{
    private static readonly TimeSpan _start = TimeSpan.FromHours(1);
    private readonly WorkerProtocol _worker = new(new("w"), new WorkerSettings(2, 1));

    private HeldGrains Held => _worker.Find(Id)!;

    [Fact]
    public void An_announced_campaign_is_joined_with_the_versions_of_this_build_and_asked_for_once()
    {
        var asked = Assert.IsType<GetSpec>(Assert.Single(_worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Running), _start)));

        Assert.Equal(WorkerVersions.Current, asked.Versions);
        Assert.Empty(_worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Running), _start.Add(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void A_refused_worker_does_not_ask_again_for_a_minute()
    {
        _worker.Hear(new WorkerRefused(Id, "too old"), _start);

        Assert.Empty(_worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Running), _start.Add(TimeSpan.FromSeconds(59))));
        Assert.Single(_worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Running), _start.Add(TimeSpan.FromSeconds(61))));
    }

    [Fact]
    public void Other_versions_are_refused_in_a_sentence_that_names_both()
    {
        string numerics = WorkerVersions.Current.Refuse(new("w7"), new(WorkerVersions.CurrentProtocol, 99))!;
        string protocol = WorkerVersions.Current.Refuse(new("w7"), WorkerVersions.Current with { Protocol = 1 })!;

        Assert.Contains("w7 is refused: it computes with numerics version 99", numerics, StringComparison.Ordinal);
        Assert.Contains("protocol version 1", protocol, StringComparison.Ordinal);
        Assert.Null(WorkerVersions.Current.Refuse(new("w7"), WorkerVersions.Current));
    }

    [Fact]
    public void Everything_is_stated_every_five_seconds_and_reported_every_second_until_it_is_acknowledged()
    {
        Lease(0, 1, 2, 3);
        Finish(0);
        Assert.Single(_worker.Wake(_start).OfType<CompleteGrains>());
        Assert.Empty(_worker.Tick(At(0.5)).OfType<CompleteGrains>());
        Assert.Single(_worker.Tick(At(1)).OfType<CompleteGrains>());
        StateHolding stated = Assert.Single(_worker.Tick(At(5)).OfType<StateHolding>());
        Assert.Equal((GrainSet.All(4), GrainSet.Of(1, 2, 3)), (stated.Held, stated.Queued));

        _worker.Hear(new GrainsAcknowledged(Id, 1, GrainSet.Of(0)), At(5));
        Assert.Empty(_worker.Tick(At(7)).OfType<CompleteGrains>());
    }

    [Fact]
    public void What_is_taken_back_is_handed_back_unless_it_is_begun()
    {
        Lease(0, 1, 2, 3);
        Held.Take(guarded: false, null);

        var stated = Assert.IsType<StateHolding>(Assert.Single(_worker.Hear(new ReturnGrains(Id, 1, GrainSet.Of(0, 3)), _start)));

        Assert.Equal((GrainSet.All(3), 0), (stated.Held, stated.TopUpTo));
    }

    [Fact]
    public void A_paused_campaign_is_not_begun_any_further()
    {
        Lease(0, 1, 2);
        Held.Take(guarded: false, null);

        var stated = Assert.IsType<StateHolding>(Assert.Single(_worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Paused), _start)));

        Assert.Equal(GrainSet.Of(0), stated.Held);
    }

    [Fact]
    public void Who_leaves_keeps_only_what_is_stored_and_asks_for_nothing_more()
    {
        Lease(0, 1, 2);
        Finish(0);
        Held.Take(guarded: false, null);
        IReadOnlyList<ICampaignMessage> said = _worker.Leave(_start);

        Assert.Equal(0, Assert.Single(said.OfType<CompleteGrains>()).Grains.Single().Grain);
        StateHolding last = Assert.Single(said.OfType<StateHolding>());
        Assert.Equal((GrainSet.Of(0), true, 0), (last.Held, last.IsLeaving, last.TopUpTo));
        Assert.Empty(_worker.Hear(new CampaignAnnounced(new("other"), CampaignStatus.Running), _start));
    }

    [Fact]
    public void What_was_begun_before_a_removal_is_not_reported()
    {
        Lease(0, 1);
        Held.Take(guarded: false, null);
        StateHolding stated = Assert.Single(_worker.Rejoin(_start).OfType<StateHolding>());
        _worker.Hear(new GrainsLeased(Id, 1, stated.Statement, GrainSet.Of(0), CampaignStatus.Running) { Removals = 1 }, _start);

        // Granted again, but its old end is still to come.
        Assert.Null(Held.Take(guarded: false, null));
        Held.Stored(new(0, TallyOf(0), []), 1);
        Assert.Empty(_worker.Wake(_start).OfType<CompleteGrains>());
        Assert.Equal(0, Held.Take(guarded: false, null));
    }

    [Fact]
    public void What_an_earlier_process_left_is_held_and_reported_when_its_campaign_is_joined()
    {
        _worker.Recovered(Id, new(2, [new(1, TallyOf(1), [])]));
        _worker.Recovered(Id, new(2, [new(3, TallyOf(3), [])]));
        Assert.Empty(_worker.Wake(_start));

        var stated = Assert.IsType<StateHolding>(Assert.Single(_worker.Open(new CampaignSpec(Id, Submit.Spec, Noon) { Removals = 2 }, _start)));
        CompleteGrains told = Assert.Single(_worker.Wake(_start).OfType<CompleteGrains>());

        Assert.Equal((GrainSet.Of(1, 3), GrainSet.Empty), (stated.Held, stated.Queued));
        Assert.Equal([1, 3], told.Grains.Select(grain => grain.Grain));
        Assert.Equal(2, told.Removals);
        _worker.Hear(new GrainsAcknowledged(Id, 1, GrainSet.Of(1, 3)), At(1));
        Assert.True(Held.IsEmpty);
    }

    [Fact]
    public void What_an_earlier_process_began_before_results_were_removed_is_not_reported()
    {
        _worker.Recovered(Id, new(1, [new(1, TallyOf(1), [])]));
        _worker.Open(new CampaignSpec(Id, Submit.Spec, Noon) { Removals = 2 }, _start);
        _worker.Recovered(Id, new(1, [new(3, TallyOf(3), [])]));

        Assert.Empty(_worker.Wake(_start).OfType<CompleteGrains>());
        Assert.True(Held.IsEmpty);
    }

    [Fact]
    public void The_end_of_a_grain_that_was_begun_before_results_were_removed_does_not_let_go_of_the_same_grain_leased_anew()
    {
        Lease(0, 1);
        Held.Take(guarded: false, null);
        StateHolding stated = Assert.Single(_worker.Rejoin(_start).OfType<StateHolding>());
        _worker.Hear(new GrainsLeased(Id, 1, stated.Statement, GrainSet.Of(0), CampaignStatus.Running) { Removals = 1 }, _start);

        Held.Lost([0]);

        Assert.Equal(GrainSet.Of(0), Assert.Single(_worker.Rejoin(_start).OfType<StateHolding>()).Held);
        Assert.Equal(0, Held.Take(guarded: false, null));
    }

    [Fact]
    public void What_an_earlier_process_left_of_a_campaign_that_is_done_is_forgotten()
    {
        _worker.Recovered(Id, new(0, [new(1, TallyOf(1), [])]));
        _worker.Hear(new CampaignAnnounced(Id, CampaignStatus.Completed), _start);

        _worker.Open(new CampaignSpec(Id, Submit.Spec, Noon), _start);

        Assert.True(Held.IsEmpty);
    }

    [Fact]
    public void Guarded_grains_are_begun_apart()
    {
        _worker.Open(new CampaignSpec(Id, Submit.Spec, Noon), _start);
        StateHolding stated = Assert.Single(_worker.Rejoin(_start).OfType<StateHolding>());
        _worker.Hear(
            new GrainsLeased(Id, 1, stated.Statement, GrainSet.Of(0, 1), CampaignStatus.Running) { Guarded = GrainSet.Of(0) }, _start);

        Assert.Equal(1, Held.Take(guarded: false, null));
        Assert.Null(Held.Take(guarded: false, null));
        Assert.Equal(0, Held.Take(guarded: true, null));
    }

    [Fact]
    public void The_prefetch_is_divided_between_campaigns_by_their_weights()
    {
        _worker.Open(new CampaignSpec(Id, Submit.Spec, Noon), _start);
        _worker.Open(new CampaignSpec(new CampaignId("other"), Submit.Spec, Noon) { Priority = 1 }, _start);

        Assert.Equal(1.0 / 3, Held.Share, 12);
        Assert.Equal(2.0 / 3, _worker.Find(new("other"))!.Share, 12);
    }

    [Fact]
    public void Reports_are_cut_so_that_each_fits_into_a_frame()
    {
        Lease(0, 1, 2);
        QuarantinedSimulation[] many = [.. Enumerable.Range(0, 3000).Select(i => new QuarantinedSimulation(i, new string('x', 300)))];
        for (long grain = 0; grain < 3; grain++)
        {
            Assert.Equal(grain, Held.Take(guarded: false, null));
            Held.Stored(new(grain, Tally.Empty, many), 1);
        }

        Assert.Equal(3, _worker.Wake(_start).OfType<CompleteGrains>().Count());
    }

    private static TimeSpan At(double seconds) => _start.Add(TimeSpan.FromSeconds(seconds));

    private void Lease(params long[] grains)
    {
        _worker.Open(new CampaignSpec(Id, Submit.Spec, Noon), _start);
        StateHolding stated = Assert.Single(_worker.Rejoin(_start).OfType<StateHolding>());
        _worker.Hear(new GrainsLeased(Id, 1, stated.Statement, GrainSet.Of(grains), CampaignStatus.Running) { QueueLimit = 1 }, _start);
    }

    private void Finish(long grain)
    {
        Assert.Equal(grain, Held.Take(guarded: false, null));
        Held.Stored(new(grain, TallyOf(grain), []), 1);
    }
}
