using Akka.Actor;
using Akka.Cluster;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// Enters a coordinator that takes part into the register. On the first seed it also forms the cluster, but only after the
/// register answered for a while and knew of no other coordinator: a first seed that starts again while it is cut off from
/// the others waits for them, and one that starts with all the others does not wait for who cannot be there.
/// </summary>
internal sealed class ClusterFounder : ReceiveActor, IWithTimers
{
    // Entries are made anew twice in that time, also by those who could not while the database was away.
    private static readonly TimeSpan _watch = TimeSpan.FromSeconds(6), _interval = TimeSpan.FromSeconds(2);
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private TimeSpan? _aloneSince;
    private bool _isAsking;

    public ClusterFounder(CoordinatorRegister register, bool isFirstSeed)
    {
        string self = $"{_cluster.SelfAddress.Host}:{_cluster.SelfAddress.Port}";
        Receive<Look>(_ => !_isAsking, look =>
        {
            bool isMember = _cluster.SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving;
            if (isMember || isFirstSeed)
            {
                _isAsking = true;
                _ = Task.Run(() => Ask(register, self, isMember)).PipeTo(Self, failure: _ => new Answer(null));
            }
        });
        Receive<Look>(_ => { });
        Receive<Answer>(OnAnswer);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, _interval);

    private static Answer Ask(CoordinatorRegister register, string self, bool isMember)
    {
        if (isMember)
        {
            register.Enter(self);
            return new(null);
        }

        return new(!register.HasOthers(self));
    }

    private void OnAnswer(Answer answer)
    {
        _isAsking = false;
        TimeSpan now = Context.System.Scheduler.MonotonicClock;
        _aloneSince = answer.IsAlone == true ? _aloneSince ?? now : null;
        if (now - _aloneSince >= _watch && _cluster.SelfMember.Status is MemberStatus.Removed)
        {
            _cluster.Join(_cluster.SelfAddress);
        }
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }

    /// <param name="IsAlone">Null if that was not asked, or not answered.</param>
    private sealed record Answer(bool? IsAlone) : INoSerializationVerificationNeeded;
}
