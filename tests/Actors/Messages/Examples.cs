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
        new SubmitCampaign(Id, Spec) { Priority = 2 },
        new StateHolding(Id, Worker, 5, Grains, 9)
        {
            Queued = GrainSet.Of(1),
            Slots = 8,
            Idle = 3,
            GrainSeconds = 0.25,
            IsLeaving = true,
        },
        new CompleteGrains(Id, Worker, [new(300, Tally, Quarantined)]) { Removals = 1 },
        new PauseCampaign(Id),
        new ResumeCampaign(Id),
        new CancelCampaign(Id),
        new RetryQuarantined(Id),
        new RetryGrains(Id, Grains),
        new DeleteCampaign(Id),
        new ChangePriority(Id, -3),
        new GetStanding(Id),
        new GetSpec(Id, Worker, new(2, 1)),
        new CampaignSpec(Id, Spec, At) { Priority = 2, Removals = 1 },
        new GrainsLeased(Id, 4, 5, Grains, CampaignStatus.Paused)
        {
            Guarded = GrainSet.Of(2),
            Known = GrainSet.Of(7, 8),
            QueueLimit = 16,
            Removals = 1,
        },
        new ReturnGrains(Id, 4, GrainSet.Of(1)),
        new WorkerRefused(Id, "too old"),
        new GrainsAcknowledged(Id, 4, Grains),
        new CampaignAnnounced(Id, CampaignStatus.Cancelled) { Priority = 2 },
        new CampaignStanding(
            Id, true, CampaignStatus.Completed, Layout, 4, Tally, 1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), "full")
        {
            Priority = 2,
            Leased = 40,
            Workers = 3,
        },
        new CampaignSubmitted(Id, Spec, At) { Priority = 2 },
        new GrainsCompleted(Id, Grains, Tally, TimeSpan.FromMilliseconds(20)),
        new SimulationsQuarantined(Id, Quarantined),
        new CampaignPaused(Id),
        new CampaignResumed(Id),
        new CampaignCancelled(Id),
        new CampaignFinished(Id),
        new QuarantineRetried(Id, Grains, Tally),
        new GrainsSuspected(Id, Grains),
        new PriorityChanged(Id, -3),
        new CoordinatorChanged(Id),
        new CampaignDeleted(Id, 2),
        new CampaignSnapshot(
            Id, new CampaignSubmitted(Id, Spec, At), CampaignStatus.Paused, Grains, Tally, Quarantined, TimeSpan.FromSeconds(2))
        {
            Priority = 2,
            Removals = 1,
            Suspected = GrainSet.Of(9),
            Guarded = GrainSet.Of(9, 11),
        },
    ];
}
