using System.Collections.Immutable;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>The entity's side towards the result store: projection, taking over, retrying and deleting.</summary>
public sealed partial class CampaignEntity<TPeer>
{
    private readonly List<TPeer> _asking = [];
    private readonly Queue<(ICampaignMessage Message, TPeer From)> _waiting = new();
    private int _saving;
    private bool _reading;
    private readonly List<Action> _again = [];
    private string? _problem, _mismatch;

    /// <summary>What the store was told last of what is quarantined.</summary>
    private ImmutableList<QuarantinedSimulation> _told = [];

    /// <summary>Who asks is told of a state only after the store knows it too.</summary>
    private void Answer(TPeer from)
    {
        if (_saving > 0 && _problem is null)
        {
            _asking.Add(from);
        }
        else
        {
            _shell.Tell(from, State.Standing(_problem ?? _mismatch));
        }
    }

    private void AnswerAll()
    {
        foreach (TPeer from in _asking)
        {
            _shell.Tell(from, State.Standing(_problem ?? _mismatch));
        }

        _asking.Clear();
    }

    private void Project()
    {
        if (State.Record() is not { } record)
        {
            return;
        }

        _told = State.Quarantined;
        UseStore(
            store =>
            {
                store.SaveCampaign(record);
                return null;
            },
            _ => AnswerAllIfSaved(), Project);
    }

    /// <summary>
    /// Nothing is leased before the store was asked what it has: whatever is stored is never computed again. Other
    /// messages wait for the answer.
    /// </summary>
    /// <param name="remove">Grains that are to be computed again: the store forgets them first.</param>
    /// <param name="removal">The journal's number of that. From the moment that the store was told of it, or of a later state, nobody removes them any more: not this one a second time, and not one that was replaced and stood still.</param>
    private void ReadStore(GrainSet remove, long removal = 0)
    {
        _reading = true;
        CampaignRecord record = State.Record()!;
        _told = State.Quarantined;
        UseStore(
            store =>
            {
                if (!remove.IsEmpty)
                {
                    store.RemoveGrains(record.Id, [.. remove.Grains], removal, record.Removals);
                }

                store.SaveCampaign(record);
                return StoredProgress.Read(store, record);
            },
            stored => Adopt((StoredProgress)stored!), () => ReadStore(remove, removal));
    }

    private void Adopt(StoredProgress stored)
    {
        _mismatch = GrainMap.Empty.With(stored.Grains).Covers(State.Completed.ToSet()) ? null
            : "The result store lacks grains that the journal has: put back the results.db that belongs to this "
                + "journal.db, or use a new data folder";
        Decide(State.Adopt(stored.Grains, stored.Tally, stored.Quarantined), () =>
        {
            StopReading();
            if (State.Status == CampaignStatus.Completed)
            {
                Project();
            }

            AnswerAllIfSaved();
            Announce();
        });
    }

    /// <summary>The journal forgets first: if the entity dies before the store forgets, the old results count again, and nothing is lost.</summary>
    private void Retry(GrainSet? wanted, TPeer from)
    {
        GrainSet quarantined = State.QuarantinedGrains(), grains = wanted?.Intersect(quarantined) ?? quarantined;
        if (grains.IsEmpty || State.Record() is not { } record)
        {
            Answer(from);
            return;
        }

        _reading = true;
        _asking.Add(from);
        UseStore(
            store => StoredProgress.TallyOf(store, record, grains),
            tally => Decide(State.Retry(grains, (Tally)tally!), () =>
            {
                _wanted = true;
                ReadStore(grains, State.Sequence);
            }),
            () => Retry(wanted, from));
    }

    private void Delete(DeleteCampaign delete, TPeer from)
    {
        if (State.Submitted is null)
        {
            Answer(from);
            return;
        }

        _reading = true;
        _asking.Add(from);
        Decide(State.Handle(delete, _shell.Now), () => DeleteStored(State.Sequence));
    }

    private void DeleteStored(long sequence) => UseStore(
        store =>
        {
            store.DeleteCampaign(State.Id, sequence);
            return null;
        },
        _ =>
        {
            _wanted = true;
            _mismatch = null;
            StopReading();
            Announce();
            AnswerAllIfSaved();
            _wanted = false;
            if (State.Submitted is null)
            {
                _shell.Forget();
            }
        },
        () => DeleteStored(sequence));

    private void StopReading()
    {
        _reading = false;
        int waiting = _waiting.Count;
        for (int i = 0; i < waiting; i++)
        {
            // One of them may make the others wait again.
            var (message, from) = _waiting.Dequeue();
            Hear(message, from);
        }
    }

    private void AnswerAllIfSaved()
    {
        if (_saving == 0)
        {
            AnswerAll();
        }
    }

    /// <summary>One use after the other, so that an older state never overwrites a newer one.</summary>
    private void UseStore(Func<IResultStore, object?> use, Action<object?> done, Action again)
    {
        _saving++;
        _shell.UseStore(
            use,
            result =>
            {
                _saving--;
                _problem = null;
                done(result);
            },
            cause =>
            {
                _saving--;
                _problem = cause.Message;
                _again.Add(again);
                _shell.Warn($"The result store does not answer for {State.Id}", cause);
                AnswerAll();
                _shell.Schedule(CampaignTimer.StoreAgain, _second);
            });
    }

    private void StoreAgain()
    {
        Action[] again = [.. _again];
        _again.Clear();
        foreach (Action use in again)
        {
            use();
        }
    }
}
