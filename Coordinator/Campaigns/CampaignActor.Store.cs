using Akka.Actor;
using Akka.Event;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>The entity's side towards the result store: projection and taking over, outside its mailbox.</summary>
public sealed partial class CampaignActor
{
    private readonly List<IActorRef> _asking = [];
    private Task _lastStoreUse = Task.CompletedTask;
    private int _saving;
    private bool _reading;
    private string? _problem, _mismatch;

    /// <summary>Who asks is told of a state only after the store knows it too.</summary>
    private void Answer(IActorRef from)
    {
        if (_saving > 0 && _problem is null)
        {
            _asking.Add(from);
        }
        else
        {
            from.Tell(_state.Standing(_problem ?? _mismatch));
        }
    }

    private void AnswerAll()
    {
        foreach (IActorRef from in _asking)
        {
            from.Tell(_state.Standing(_problem ?? _mismatch));
        }

        _asking.Clear();
    }

    private void Project()
    {
        if (_state.Record() is not { } record)
        {
            return;
        }

        _saving++;
        UseStore(() =>
        {
            _store.SaveCampaign(record);
            return new Saved(null);
        });
    }

    /// <summary>
    /// Nothing is leased before the store was asked what it has: whatever is stored is never computed again. Other
    /// messages wait for the answer.
    /// </summary>
    private void ReadStore(IActorRef from)
    {
        CampaignRecord record = _state.Record()!;
        _asking.Add(from);
        _saving++;
        if (!_reading)
        {
            _reading = true;
            BecomeStacked(Reading);
        }

        UseStore(() =>
        {
            _store.SaveCampaign(record);
            return new Saved(StoredProgress.Read(_store, record));
        });
    }

    private void Reading()
    {
        Always();
        Command<ReadAgain>(again => ReadStore(again.From));
        CommandAny(_ => Stash.Stash());
    }

    private void OnSaved(Saved saved)
    {
        _saving--;
        _problem = null;
        if (saved.Stored is not { } stored)
        {
            AnswerAllIfSaved();
            return;
        }

        _mismatch = stored.Grains.Covers(_state.Completed) ? null
            : "The result store lacks grains that the journal has: put back the results.db that belongs to this "
                + "journal.db, or use a new data folder";

        PersistThen(_state.Adopt(stored.Grains, stored.Tally, stored.Quarantined).Events, () =>
        {
            _reading = false;
            UnbecomeStacked();
            Stash.UnstashAll();
            if (_state.Status == CampaignStatus.Completed)
            {
                Project();
            }

            AnswerAllIfSaved();
            Announce();
        });
    }

    private void AnswerAllIfSaved()
    {
        if (_saving == 0)
        {
            AnswerAll();
        }
    }

    private void OnSaveFailed(SaveFailed failed)
    {
        _saving--;
        _problem = failed.Cause.Message;
        _log.Warning(failed.Cause, "The result store does not answer for {0}", _state.Id);
        AnswerAll();
        object again = _reading ? new ReadAgain(ActorRefs.Nobody) : SaveAgain.Instance;
        Timers.StartSingleTimer(nameof(SaveAgain), again, _second);
    }

    /// <summary>One use after the other, so that an older state never overwrites a newer one.</summary>
    private void UseStore(Func<Saved> use)
    {
        Task<Saved> next = _lastStoreUse.ContinueWith(
            _ => use(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _lastStoreUse = next;
        _ = next.PipeTo(Self, failure: cause => new SaveFailed(cause is AggregateException { InnerException: { } inner }
            ? inner : cause));
    }

    private sealed record Saved(StoredProgress? Stored) : INoSerializationVerificationNeeded;

    private sealed record SaveFailed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record ReadAgain(IActorRef From) : INoSerializationVerificationNeeded;

    private sealed record SaveAgain : INoSerializationVerificationNeeded
    {
        public static SaveAgain Instance { get; } = new();
    }

    private sealed record Flush : INoSerializationVerificationNeeded
    {
        public static Flush Instance { get; } = new();
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
