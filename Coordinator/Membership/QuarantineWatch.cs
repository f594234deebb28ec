using Akka.Actor;
using Akka.Remote;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>Ends an actor system that another node will not speak to any more; a new one may join again.</summary>
internal sealed class QuarantineWatch : ReceiveActor
{
    public QuarantineWatch() => Receive<ThisActorSystemQuarantinedEvent>(_ => End());

    private static void End() =>
        _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
}
