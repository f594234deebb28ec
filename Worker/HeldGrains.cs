using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Worker;

/// <summary>
/// What a worker holds of one campaign: queued, begun, stored and reported grains. No clock, no thread, no message of its
/// own: <see cref="WorkerProtocol"/> decides what is said when. Not thread-safe.
/// </summary>
public sealed class HeldGrains
{
    private const int LeastQueued = 2, MostQueued = 4096;

    // The last few grains count most: points differ in cost, and a map's order is no random order.
    private const double CostWeight = 0.2;
    private readonly WorkerSettings _settings;
    private readonly HashSet<long> _held = [];
    private readonly LinkedList<long> _queued = new();
    private readonly HashSet<long> _guarded = [];
    private readonly Dictionary<long, GrainCompletion> _stored = [];
    private readonly HashSet<long> _unsent = [];

    /// <summary>Begun and not stored, with the number of removals when it was begun.</summary>
    private readonly Dictionary<long, long> _begun = [];
    private int _queueLimit = int.MaxValue;
    private long _statement;
    private bool _isAnswered;

    internal HeldGrains(CampaignId id, WorkerSettings settings) => (Id, _settings) = (id, settings);

    /// <summary>Campaign id.</summary>
    public CampaignId Id { get; }

    /// <summary>Its share of the solver threads is in proportion to 2^priority.</summary>
    public int Priority { get; internal set; }

    /// <summary>How often the campaign's results were removed from the store, as far as is known here.</summary>
    public long Removals { get; private set; }

    /// <summary>True once nothing of it is to be computed any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True if the last answer granted nothing: there is no use in asking again at once.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Grains that are neither begun nor done.</summary>
    public int Queued => _queued.Count;

    /// <summary>Grains that are begun and not stored.</summary>
    public int Open => _held.Count - _queued.Count - _stored.Count;

    /// <summary>Grains that are stored and not acknowledged.</summary>
    public int Reporting => _stored.Count;

    /// <summary>True if nothing is left that somebody else might have to be told of.</summary>
    public bool IsEmpty => _held.Count == 0;

    /// <summary>Core seconds of a grain; 0 while nothing is known.</summary>
    public double GrainSeconds { get; private set; }

    /// <summary>Part of the solver threads' time that is this campaign's, 0 … 1.</summary>
    public double Share { get; internal set; } = 1;

    /// <summary>True if more grains should be asked for at once.</summary>
    public bool IsLow => !IsClosed && !IsExhausted && _queued.Count * 2 < Wanted;

    /// <summary>Grains to hold before they are begun: the prefetch's time from the measured cost of a grain.</summary>
    private int Wanted
    {
        get
        {
            double each = GrainSeconds > 0 ? Share * _settings.Prefetch.TotalSeconds / GrainSeconds : LeastQueued;
            return Math.Min(_queueLimit, _settings.Threads * (int)Math.Clamp(Math.Ceiling(each), LeastQueued, MostQueued));
        }
    }

    /// <summary>The whole truth.</summary>
    /// <param name="worker">Who speaks.</param>
    /// <param name="number">Number of the statement, larger than any before in this process.</param>
    /// <param name="idle">Solver threads with nothing to do.</param>
    public StateHolding State(WorkerId worker, long number, int idle)
    {
        (_statement, _isAnswered) = (number, false);
        int begun = _held.Count - _queued.Count;

        // The limit is the coordinator's, and as of its last answer: ask for what is wanted, it knows better.
        int limit = _queueLimit;
        _queueLimit = int.MaxValue;
        int wanted = Wanted;
        _queueLimit = limit;
        return new(Id, worker, number, GrainSet.Of(_held), begun + wanted)
        {
            Queued = GrainSet.Of(_queued),
            Slots = _settings.Threads,
            Idle = idle,
            GrainSeconds = GrainSeconds,
        };
    }

    /// <summary>
    /// Takes an answer; one to an older statement is not true any more. Whose it is does not matter: of two coordinators
    /// that both believe in themselves, the one that is replaced may well have the larger epoch.
    /// </summary>
    /// <returns>True if something was granted.</returns>
    public bool Grant(GrainsLeased leased)
    {
        if (leased.Statement != _statement || _isAnswered || IsClosed)
        {
            return false;
        }

        Hear(leased.Removals);
        _isAnswered = !leased.Granted.IsEmpty;
        Acknowledge(leased.Known);
        _guarded.UnionWith(leased.Guarded.Grains);
        _queueLimit = Math.Max(1, leased.QueueLimit);
        IsExhausted = leased.Granted.IsEmpty;
        foreach (long grain in leased.Granted.Grains.Where(_held.Add))
        {
            _queued.AddLast(grain);
        }

        return !IsExhausted;
    }

    /// <summary>The store lost results of before: what was stored or begun until now cannot be reported any more.</summary>
    public void Hear(long removals)
    {
        if (removals > Removals)
        {
            Removals = removals;
            _stored.Clear();
            _unsent.Clear();
            ReturnAll();
        }
    }

    /// <summary>Lets go of these as far as they are not begun.</summary>
    public void Return(Func<long, bool> which)
    {
        for (LinkedListNode<long>? node = _queued.Last; node is not null;)
        {
            LinkedListNode<long>? previous = node.Previous;
            if (which(node.Value))
            {
                _queued.Remove(node);
                _held.Remove(node.Value);
                IsExhausted = true;
            }

            node = previous;
        }
    }

    /// <summary>Lets go of everything that is not stored.</summary>
    public void ReturnAll()
    {
        _queued.Clear();
        _held.RemoveWhere(grain => !_stored.ContainsKey(grain));
    }

    /// <summary>If these come to be held here, they are computed in a process of their own.</summary>
    public void Guard(IEnumerable<long> grains) => _guarded.UnionWith(grains);

    /// <summary>There may be something to lease again.</summary>
    public void AskAgain() => IsExhausted = false;

    /// <summary>True if a grain waits to be begun.</summary>
    public bool HasQueued(bool guarded) =>
        !IsClosed && _queued.Count > 0 && (_guarded.Count == 0 ? !guarded : _queued.Any(grain => _guarded.Contains(grain) == guarded));

    /// <summary>Takes a queued grain to begin it.</summary>
    /// <param name="guarded">Those that are to be computed in a process of their own, or the others.</param>
    /// <param name="fits">Which will do; null: any.</param>
    public long? Take(bool guarded, Func<long, bool>? fits)
    {
        for (LinkedListNode<long>? node = IsClosed ? null : _queued.First; node is not null; node = node.Next)
        {
            // What was begun before results were removed has to end first, or its end would be taken for the new one's.
            if (!_begun.ContainsKey(node.Value) && _guarded.Contains(node.Value) == guarded && (fits is null || fits(node.Value)))
            {
                _queued.Remove(node);
                _begun[node.Value] = Removals;
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>A begun grain was given up by its thread: it waits to be begun again.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="guarded">True if it is to be computed in a process of its own from now on.</param>
    public void Requeue(long grain, bool guarded)
    {
        if (_begun.Remove(grain) && _held.Contains(grain))
        {
            _queued.AddFirst(grain);
            if (guarded)
            {
                _guarded.Add(grain);
            }
        }
    }

    /// <summary>The store has a grain. One that was begun before results were removed is nobody's any more.</summary>
    /// <param name="completion">What it came to.</param>
    /// <param name="coreSeconds">What it cost.</param>
    public void Stored(GrainCompletion completion, double coreSeconds)
    {
        if (!_begun.Remove(completion.Grain, out long removals) || removals != Removals)
        {
            return;
        }

        _held.Add(completion.Grain);
        _stored[completion.Grain] = completion;
        _unsent.Add(completion.Grain);
        GrainSeconds = GrainSeconds == 0 ? coreSeconds : GrainSeconds + (CostWeight * (coreSeconds - GrainSeconds));
    }

    /// <summary>Results of begun grains are gone before the store had them: they are not done and not held.</summary>
    public void Lost(IReadOnlyList<long> grains)
    {
        foreach (long grain in grains)
        {
            // One that was begun before results were removed may be held anew.
            if (_begun.Remove(grain, out long removals) && removals == Removals)
            {
                _held.Remove(grain);
            }
        }

        IsExhausted = false;
    }

    /// <summary>Nothing that is begun will come to anything.</summary>
    public void LoseBegun() => Lost([.. _begun.Keys]);

    /// <summary>An earlier process computed these; the store has them now, and nobody was told. Of those that were begun before results were removed it may lack some: they are nobody's any more.</summary>
    public void Recovered(RecoveredGrains recovered)
    {
        foreach (GrainCompletion grain in recovered.Removals == Removals ? recovered.Grains : [])
        {
            _queued.Remove(grain.Grain);
            _held.Add(grain.Grain);
            _stored[grain.Grain] = grain;
            _unsent.Add(grain.Grain);
        }
    }

    /// <summary>The completions to report: those not reported yet, or all that are not acknowledged.</summary>
    public IReadOnlyList<GrainCompletion> Unacknowledged(bool again)
    {
        GrainCompletion[] due = again ? [.. _stored.Values] : [.. _unsent.Select(grain => _stored[grain])];
        _unsent.Clear();
        return due;
    }

    /// <summary>The journal has these grains: they are no longer this worker's.</summary>
    public void Acknowledge(GrainSet grains)
    {
        foreach (GrainRange range in grains.Ranges)
        {
            for (long grain = range.First; grain < range.End; grain++)
            {
                if (_stored.Remove(grain) | _queued.Remove(grain))
                {
                    _held.Remove(grain);
                    _unsent.Remove(grain);
                    _guarded.Remove(grain);
                }
            }
        }
    }

    /// <summary>Nothing more is computed; what is in the lanes is dropped, what is finished is stored.</summary>
    public void Close()
    {
        IsClosed = true;
        ReturnAll();
    }
}
