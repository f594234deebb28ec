using Akka.Persistence;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// Reads an empty journal once, while the cluster forms: the first use of the database costs the better part of a
/// second, which no campaign has to wait for then.
/// </summary>
internal sealed class JournalWarmUp : ReceivePersistentActor
{
    public JournalWarmUp()
    {
        Recover<RecoveryCompleted>(_ => Context.Stop(Self));
        CommandAny(_ => { });
    }

    /// <inheritdoc/>
    public override string PersistenceId => "warm-up";
}
