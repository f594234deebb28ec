using Akka.Actor;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// Wakes the entities of campaigns that are not done, wherever they are: after a coordinator died, nobody else would speak
/// to those whose workers hold nothing. An entity that is awake answers, and that is all.
/// </summary>
internal sealed class CampaignKeeper : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private readonly IResultStore _store;

    public CampaignKeeper(IResultStore store, IActorRef campaigns)
    {
        _store = store;
        Receive<Look>(_ => OnLook());
        Receive<Open>(open =>
        {
            foreach (CampaignId id in open.Campaigns)
            {
                campaigns.Tell(new GetStanding(id));
            }
        });
        Receive<CampaignStanding>(_ => { });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    public static Props For(IResultStore store, IActorRef campaigns) => Props.Create(() => new CampaignKeeper(store, campaigns));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, _interval);
        base.PreStart();
    }

    private void OnLook() => _ = Task.Run(() => new Open(
        [.. _store.Campaigns().Where(campaign => campaign.State == CampaignStatus.Running).Select(campaign => campaign.Id)]))
        .PipeTo(Self, failure: _ => new Open([]));

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }

    private sealed record Open(IReadOnlyList<CampaignId> Campaigns) : INoSerializationVerificationNeeded;
}
