using Akka.Actor;
using Akka.Cluster;
using Akka.Coordination;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// Decides which side of a cluster that fell apart goes on: the one with most of the coordinators, without asking
/// anybody, so that a store that is away costs no cluster; of two halves the one that comes first to the store. Akka's
/// split brain resolver asks it on each side.
/// </summary>
/// <param name="settings">Says who asks.</param>
/// <param name="system">A node of that side.</param>
public sealed class MajorityLease(LeaseSettings settings, ExtendedActorSystem system) : Lease(settings)
{
    /// <summary>HOCON path of its settings.</summary>
    public const string Path = "calciumsweep.majority";

    private volatile bool _isHeld;

    /// <inheritdoc/>
    public override async Task<bool> Acquire()
    {
        var state = Cluster.Get(system).State;
        Member[] coordinators =
        [
            .. state.Members.Where(member => member.HasRole("coordinator") && member.Status is MemberStatus.Up or MemberStatus.Leaving),
        ];
        int reachable = coordinators.Count(member => !state.Unreachable.Contains(member));
        _isHeld = reachable * 2 > coordinators.Length
            || (reachable > 0 && reachable * 2 == coordinators.Length && await ClaimAsync().ConfigureAwait(false));
        return _isHeld;
    }

    /// <inheritdoc/>
    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => Acquire();

    /// <inheritdoc/>
    /// <remarks>The claim runs out by itself.</remarks>
    public override Task<bool> Release()
    {
        _isHeld = false;
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public override bool CheckLease() => _isHeld;

    // A store that does not answer is no consent: then both halves end their actor systems, and join again.
    private Task<bool> ClaimAsync() => system.Settings.Setup.Get<MajoritySetup>() is { HasValue: true } setup
        ? Task.Run(() => setup.Value.Claim(Settings.OwnerName)) : Task.FromResult(false);
}
