using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Actors.Messages;

/// <summary>One message of each kind, with every field set.</summary>
internal static class Examples
{
    public static CampaignId Id { get; } = new("map-1f3a9c");

    public static GrainLayout Layout { get; } = new(100, 4, 5, 4);

    public static SubmittedSpec Spec { get; } = new(
        "1f3a9c", "name: map\n", Layout, new Limits(3, TimeSpan.FromSeconds(60)), ["waveSpeed"], Keep.Points);

    public static Tally Tally { get; } = new([0, 7, 0, 0, 12]);

    public static GrainSet Grains { get; } = GrainSet.FromRanges([new(0, 3), new(300, 301)]);

    public static DateTimeOffset At { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static QuarantinedSimulation[] Quarantined { get; } = [new(17, "took too long")];

    private static WorkerId Worker { get; } = new("w1");

    public static IReadOnlyList<ICampaignMessage> All { get; } =
    [
        new SubmitCampaign(Id, Spec),
        new StateHolding(Id, Worker, 5, Grains, 9),
        new CompleteGrains(Id, Worker, [new(300, Tally, Quarantined)]),
        new PauseCampaign(Id),
        new ResumeCampaign(Id),
        new CancelCampaign(Id),
        new GetStanding(Id),
        new GetSpec(Id),
        new CampaignSpec(Id, Spec, At),
        new GrainsLeased(Id, 4, 5, Grains, CampaignStatus.Paused),
        new GrainsAcknowledged(Id, 4, Grains),
        new CampaignAnnounced(Id, CampaignStatus.Cancelled),
        new CampaignStanding(
            Id, true, CampaignStatus.Completed, Layout, 4, Tally, 1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), "full"),
        new CampaignSubmitted(Id, Spec, At),
        new GrainsCompleted(Id, Grains, Tally, TimeSpan.FromMilliseconds(20)),
        new SimulationsQuarantined(Id, Quarantined),
        new CampaignPaused(Id),
        new CampaignResumed(Id),
        new CampaignCancelled(Id),
        new CampaignFinished(Id),
        new CampaignSnapshot(
            Id, new CampaignSubmitted(Id, Spec, At), CampaignStatus.Paused, Grains, Tally, Quarantined, TimeSpan.FromSeconds(2)),
    ];
}
