using Akka.Actor;
using Akka.Cluster;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// Ends the actor system of a worker whose cluster has no coordinator any more: when the last one left in good order and starts
/// again, it forms a cluster of its own, and the old one, where nobody is missed, would wait for it for ever. A new actor system joins.
/// </summary>
internal sealed class CoordinatorWatch : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10), _interval = TimeSpan.FromSeconds(1);
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private TimeSpan? _aloneSince;

    public CoordinatorWatch() => Receive<Look>(look =>
    {
        bool isAlone = _cluster.SelfMember.Status is MemberStatus.Up && !_cluster.State.Members.Any(member => member.HasRole("coordinator"));
        TimeSpan now = Context.System.Scheduler.MonotonicClock;
        _aloneSince = isAlone ? _aloneSince ?? now : null;
        if (now - _aloneSince >= _patience)
        {
            _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        }
    });

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, _interval);

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }
}
