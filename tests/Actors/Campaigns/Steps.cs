using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Actors.Campaigns;

/// <summary>A campaign of 16 grains of 5 simulations each, and the shortest way to speak to it.</summary>
internal static class Steps
{
    public const int Grains = 16, PerGrain = 5;

    public static CampaignId Id { get; } = new("map-1f3a9c");

    public static DateTimeOffset Noon { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static SubmitCampaign Submit { get; } = new(Id, new(
        "1f3a9c", "name: map", new GrainLayout(Grains, PerGrain, 1, PerGrain), Limits.Default, [], Keep.Simulations));

    public static CampaignState New(int? shuffleSeed = null) =>
        new(Id, new CampaignRules(TimeSpan.FromSeconds(10), shuffleSeed));

    public static CampaignState Submitted() => New().After(Submit);

    /// <summary>As the actor does it: decide, persist, apply.</summary>
    public static CampaignState After(this CampaignState state, ICampaignCommand command, DateTimeOffset? now = null) =>
        state.With(state.Handle(command, now ?? Noon), now);

    /// <summary>After workers that were silent for too long are given up.</summary>
    public static CampaignState Expired(this CampaignState state, DateTimeOffset now) => state.With(state.Expire(now), now);

    public static CampaignState With(this CampaignState state, Decision decision, DateTimeOffset? now = null) =>
        decision.Events.Aggregate(state, (s, change) => s.Apply(change)).Lend(decision, now ?? Noon);

    public static GrainSet Granted(this CampaignState state, StateHolding stated, DateTimeOffset? now = null) =>
        ((GrainsLeased)state.Handle(stated, now ?? Noon).Reply!).Granted;

    public static StateHolding Holds(string worker, long statement, GrainSet held, int topUpTo) =>
        new(Id, new WorkerId(worker), statement, held, topUpTo) { Slots = 16 };

    public static CompleteGrains Done(params long[] grains) =>
        new(Id, new WorkerId("a"), [.. grains.Select(grain => new GrainCompletion(grain, TallyOf(grain), []))]);

    /// <summary>A tally that tells grains apart.</summary>
    public static Tally TallyOf(long grain) => new([0, grain % PerGrain, 0, 0, PerGrain - (grain % PerGrain)]);

    public static Tally TallyOf(GrainSet grains) => grains.Grains.Aggregate(Tally.Empty, (sum, grain) => sum + TallyOf(grain));
}
