using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// What a campaign's entity needs of the world: an actor gives it in production, the deterministic simulation in tests.
/// Whatever a call is given to call back is called back one at a time, never from inside the call.
/// </summary>
/// <typeparam name="TPeer">How somebody is addressed.</typeparam>
public interface ICampaignShell<TPeer>
{
    /// <summary>Time that never jumps.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Writes events to the journal, at least one; calls back for each in order. Nothing else is handled until then.</summary>
    void Persist(IReadOnlyList<ICampaignEvent> events, Action<ICampaignEvent> apply);

    /// <summary>Sends a message; it may be lost.</summary>
    void Tell(TPeer to, ICampaignReply message);

    /// <summary>Tells all workers; it may be lost.</summary>
    void Publish(CampaignAnnounced announced);

    /// <summary>Uses the result store outside the mailbox, one use after the other; then calls back.</summary>
    void UseStore(Func<IResultStore, object?> use, Action<object?> done, Action<Exception> failed);

    /// <summary>Calls <see cref="CampaignEntity{TPeer}.OnTimer"/> after a time; an earlier timer of that kind is forgotten.</summary>
    void Schedule(CampaignTimer timer, TimeSpan delay);

    /// <summary>Saves a snapshot; what is older is no longer needed.</summary>
    void Save(CampaignSnapshot snapshot);

    /// <summary>The journal holds nothing that counts: what is older than its last event can go, and so can the entity.</summary>
    void Forget();

    /// <summary>For the log.</summary>
    void Warn(string what, Exception? cause);
}
