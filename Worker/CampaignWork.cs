using System.Runtime.CompilerServices;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// One campaign on this worker: what is held, what waits to be acknowledged. Lives as long as the process, whatever
/// becomes of its actor system. Thread-safe.
/// </summary>
public sealed class CampaignWork
{
    private const int MinPerThread = 2, MaxPerThread = 64;
    private readonly Lock _lock = new();
    private readonly WorkerSettings _settings;
    private readonly Action<CampaignWork, GrainResult> _finish;
    private readonly Action _wake;
    private readonly HashSet<long> _held = [];
    private readonly LinkedList<(long Grain, int? Shape)> _queued = new();
    private readonly Dictionary<long, GrainCompletion> _stored = [];
    private readonly HashSet<long> _unsent = [];
    private double _grainSeconds;
    private readonly StrongBox<long> _simulated;
    private long _statement;
    private bool _exhausted;
    private volatile bool _isClosed;

    internal CampaignWork(
        CampaignSpec spec, Plan plan, WorkerSettings settings, StrongBox<long> simulated,
        Action<CampaignWork, GrainResult> finish, Action wake)
    {
        (Id, Spec, Plan) = (spec.Id, spec.Spec, plan);
        Record = spec.Spec.Record(spec.Id, CampaignStatus.Running, [], TimeSpan.Zero, spec.Submitted);
        (_settings, _simulated, _finish, _wake) = (settings, simulated, finish, wake);
    }

    /// <summary>Campaign id.</summary>
    public CampaignId Id { get; }

    /// <summary>The spec as submitted.</summary>
    public SubmittedSpec Spec { get; }

    /// <summary>The spec laid out.</summary>
    public Plan Plan { get; }

    /// <summary>For the store's writes.</summary>
    public CampaignRecord Record { get; }

    /// <summary>True once nothing of it is to be computed any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>True if a grain waits to be begun.</summary>
    public bool HasQueued => Read(() => !_isClosed && _queued.Count > 0);

    /// <summary>True if more grains should be asked for at once.</summary>
    public bool IsLow => Read(() => !_isClosed && !_exhausted && _queued.Count * 2 < Wanted);

    /// <summary>Grains to hold before they are begun: the prefetch's time from the measured cost of a grain.</summary>
    private int Wanted
    {
        get
        {
            double wanted = _grainSeconds > 0 ? _settings.Prefetch.TotalSeconds / _grainSeconds : MinPerThread;
            return _settings.Threads * (int)Math.Clamp(Math.Ceiling(wanted), MinPerThread, MaxPerThread);
        }
    }

    /// <summary>The whole truth: everything held, and how much to hold in all.</summary>
    /// <param name="worker">Who speaks.</param>
    /// <param name="number">Number of the statement, larger than any before in this process.</param>
    public StateHolding State(WorkerId worker, long number) => Read(() =>
    {
        _statement = number;
        int begun = _held.Count - _queued.Count;
        return new StateHolding(Id, worker, number, GrainSet.Of(_held), begun + Wanted);
    });

    /// <summary>Takes the grains granted in answer to a statement; an answer to an older statement is not true any more.</summary>
    /// <returns>True if something was granted.</returns>
    public bool Grant(GrainsLeased leased)
    {
        lock (_lock)
        {
            if (leased.Statement != _statement || _isClosed)
            {
                return false;
            }

            _exhausted = leased.Granted.IsEmpty;
            foreach (long grain in leased.Granted.Grains.Where(_held.Add))
            {
                _queued.AddLast((grain, null));
            }

            return !_exhausted;
        }
    }

    /// <summary>There may be something to lease again.</summary>
    public void AskAgain() => Read(() => _exhausted = false);

    /// <summary>The completions to report: those not reported yet, or all that are not acknowledged.</summary>
    public IReadOnlyList<GrainCompletion> Unacknowledged(bool again)
    {
        lock (_lock)
        {
            GrainCompletion[] due = again ? [.. _stored.Values] : [.. _unsent.Select(grain => _stored[grain])];
            _unsent.Clear();
            return due;
        }
    }

    /// <summary>The journal has these grains: they are no longer this worker's.</summary>
    public void Acknowledge(GrainSet grains)
    {
        lock (_lock)
        {
            foreach (long grain in grains.Grains.Where(_stored.Remove))
            {
                _held.Remove(grain);
                _unsent.Remove(grain);
            }
        }
    }

    /// <summary>Nothing more is computed; what is in the lanes is dropped, what is finished is stored.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _queued.Clear();
        }
    }

    internal OpenGrain? TryTake(int? shape)
    {
        long grain;
        bool low;
        lock (_lock)
        {
            if (_isClosed || FirstQueued(shape) is not { } node)
            {
                return null;
            }

            grain = node.Value.Grain;
            _queued.Remove(node);
            low = !_exhausted && _queued.Count * 2 < Wanted;
        }

        if (low)
        {
            _wake();
        }

        return new OpenGrain(Plan, Spec.Layout, grain);
    }

    internal void Finish(GrainResult result) => _finish(this, result);

    /// <summary>The store has these grains.</summary>
    internal void Stored(IEnumerable<GrainResult> grains)
    {
        lock (_lock)
        {
            foreach (GrainResult grain in grains)
            {
                GrainCompletion completion = Summarise(grain);
                _stored[grain.Grain] = completion;
                _unsent.Add(grain.Grain);
                Interlocked.Add(ref _simulated.Value, completion.Tally.Total);

                // The last few grains count most: points differ in cost, and a map's order is no random order.
                _grainSeconds = _grainSeconds == 0
                    ? grain.CoreSeconds : _grainSeconds + (0.2 * (grain.CoreSeconds - _grainSeconds));
            }
        }

        _wake();
    }

    private GrainCompletion Summarise(GrainResult grain)
    {
        var counts = new long[Tally.Empty.Counts.Count];
        List<QuarantinedSimulation> quarantined = [];
        long first = Spec.Layout.Range(grain.Grain).First;
        for (int i = 0; i < grain.Outcomes.Count; i++)
        {
            if (grain.Outcomes[i] is { } outcome)
            {
                counts[(int)outcome]++;
            }
            else
            {
                quarantined.Add(new(first + i, grain.Reasons[i]));
            }
        }

        return new(grain.Grain, new Tally(counts), quarantined);
    }

    private LinkedListNode<(long Grain, int? Shape)>? FirstQueued(int? shape)
    {
        var node = _queued.First;
        while (node is not null && shape is not null)
        {
            long first = Spec.Layout.Range(node.Value.Grain).First;
            int own = node.Value.Shape ?? Plan.Model.Shape(Plan.Parameters(first / Plan.Spec.Replicates));
            node.Value = (node.Value.Grain, own);
            if (own == shape)
            {
                break;
            }

            node = node.Next;
        }

        return node;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
