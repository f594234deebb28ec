using Akka.Actor;
using Akka.Persistence;

namespace CalciumSweep.Unit.Store;

/// <summary>A persistent actor that adds numbers up.</summary>
internal sealed class Sum : ReceivePersistentActor
{
    private int _sum;
    private IActorRef? _asker;

    public Sum()
    {
        Recover<int>(number => _sum += number);
        Recover<SnapshotOffer>(offer => _sum = (int)offer.Snapshot);
        Command<int>(number => Persist(number, stored =>
        {
            _sum += stored;
            Sender.Tell(_sum);
        }));
        Command<string>(_ =>
        {
            _asker = Sender;
            SaveSnapshot(_sum);
        });
        Command<SaveSnapshotSuccess>(_ => _asker.Tell("stored"));
        Command<SaveSnapshotFailure>(failure => _asker.Tell(failure.Cause.Message));
    }

    public override string PersistenceId => "sum";
}
