using System.Collections.Immutable;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// A campaign's rules, pure: decisions are made from a command and the time, the state changes by events alone. The
/// lease table is beside the journal: it dies with the process and comes back from the workers' statements.
/// </summary>
public sealed partial record CampaignState
{
    private readonly CampaignRules _rules;

    /// <summary>A campaign that nobody submitted yet.</summary>
    public CampaignState(CampaignId id, CampaignRules rules)
    {
        (Id, _rules) = (id, rules);
        Leases = Leases.None(0, null, GrainMap.Empty);
    }

    /// <summary>Campaign id.</summary>
    public CampaignId Id { get; }

    /// <summary>How it began; null if nobody submitted it.</summary>
    public CampaignSubmitted? Submitted { get; private init; }

    /// <summary>Where it stands.</summary>
    public CampaignStatus Status { get; private init; } = CampaignStatus.Running;

    /// <summary>Grains whose results are in the store.</summary>
    public GrainMap Completed { get; private init; } = GrainMap.Empty;

    /// <summary>Outcomes of the grains completed.</summary>
    public Tally Tally { get; private init; } = Tally.Empty;

    /// <summary>Simulations given up.</summary>
    public ImmutableList<QuarantinedSimulation> Quarantined { get; private init; } = [];

    /// <summary>−10 … 10: its share of a worker's slots is in proportion to 2^priority.</summary>
    public int Priority { get; private init; }

    /// <summary>Grains not completed that one worker at least fell silent with.</summary>
    public GrainSet Suspected { get; private init; } = GrainSet.Empty;

    /// <summary>Grains not completed that two workers at least fell silent with: computed in processes of their own.</summary>
    public GrainSet Guarded { get; private init; } = GrainSet.Empty;

    /// <summary>How often results were removed from the store: a completion from before is not true any more.</summary>
    public long Removals { get; private init; }

    /// <summary>Who computes what. Not in the journal.</summary>
    public Leases Leases { get; private init; }

    /// <summary>Time spent from the first lease, over all sessions.</summary>
    public TimeSpan WallTime { get; private init; }

    /// <summary>The same since this incarnation began.</summary>
    public TimeSpan SessionTime { get; private init; }

    /// <summary>From when on the time that is spent is not counted yet; null while nothing is leased.</summary>
    public DateTimeOffset? CountingSince { get; private init; }

    /// <summary>The coordinator's incarnation: the journal's sequence number when it began.</summary>
    public long Epoch { get; private init; }

    /// <summary>The journal's sequence number as of which this is the state.</summary>
    public long Sequence { get; private init; }

    /// <summary>True if leases may be given.</summary>
    public bool IsLeasing => Submitted is not null && Status == CampaignStatus.Running;

    /// <summary>Decides; changes nothing.</summary>
    public Decision Handle(ICampaignCommand command, DateTimeOffset now) => command switch
    {
        SubmitCampaign submit when Submitted is null => new(
            [new CampaignSubmitted(Id, submit.Spec, now) { Priority = Bounded(submit.Priority) }]),

        // Whoever asks again for what was paused or given up wants it now.
        SubmitCampaign or ResumeCampaign => Submitted is not null
            && Status is CampaignStatus.Paused or CampaignStatus.Cancelled
                ? new([new CampaignResumed(Id)]) : Decision.Nothing,
        PauseCampaign => IsLeasing ? new([new CampaignPaused(Id)]) : Decision.Nothing,
        CancelCampaign => Submitted is not null && Status is CampaignStatus.Running or CampaignStatus.Paused
            ? new([new CampaignCancelled(Id)]) : Decision.Nothing,
        ChangePriority change => Submitted is not null && Bounded(change.Priority) != Priority
            ? new([new PriorityChanged(Id, Bounded(change.Priority))]) : Decision.Nothing,
        DeleteCampaign => Submitted is not null ? new([new CampaignDeleted(Id, Removals + 1)]) : Decision.Nothing,
        StateHolding stated => Lease(stated, now),
        CompleteGrains done => Complete(done, now),
        _ => throw new ArgumentException($"{command.GetType().Name} is not understood"),
    };

    /// <summary>
    /// Takes over grains that the store has and the journal does not: written by a process that was killed before it
    /// could report them.
    /// </summary>
    /// <param name="stored">All grains that are stored.</param>
    /// <param name="tally">Outcomes of all grains that are stored.</param>
    /// <param name="quarantined">Simulations of all stored grains that were given up.</param>
    public Decision Adopt(GrainSet stored, Tally tally, IReadOnlyList<QuarantinedSimulation> quarantined)
    {
        GrainSet added = Completed.Missing(stored);
        if (Submitted is null || added.IsEmpty || !GrainSet.All(Submitted.Spec.Layout.Grains).Covers(stored))
        {
            return Decision.Nothing;
        }

        // Completed grains are stored, so that the difference of the tallies is that of the added grains.
        var difference = new Tally([.. tally.Counts.Zip(Tally.Counts, (all, known) => all - known)]);
        HashSet<long> listed = [.. Quarantined.Select(known => known.Simulation)];
        return new(Events(
            added, difference, [.. quarantined.Where(given => !listed.Contains(given.Simulation))], TimeSpan.Zero));
    }

    /// <summary>Grains that hold a quarantined simulation.</summary>
    public GrainSet QuarantinedGrains() => Submitted is null ? GrainSet.Empty
        : GrainSet.Of(Quarantined.Select(given => Submitted.Spec.Layout.GrainOf(given.Simulation)));

    /// <summary>Computes the grains of quarantined simulations again.</summary>
    /// <param name="grains">Those grains.</param>
    /// <param name="tally">Outcomes that the store has of them.</param>
    public Decision Retry(GrainSet grains, Tally tally) => grains.IsEmpty || !Completed.Covers(grains)
        ? Decision.Nothing : new([new QuarantineRetried(Id, grains, tally)]);

    /// <summary>The state with a decision's lease table; time counts from the first lease on.</summary>
    public CampaignState Lend(Decision decision, DateTimeOffset now) => decision.Leases is not { } leases ? this : this with
    {
        Leases = leases,
        CountingSince = IsLeasing && leases.Workers.Values.Any(worker => !worker.Held.IsEmpty)
            ? CountingSince ?? now : CountingSince,
    };

    /// <summary>Gives up workers that were silent for too long.</summary>
    public Decision Expire(DateTimeOffset now) =>
        GiveUp([.. Leases.Workers.Where(worker => worker.Value.Until < now).Select(worker => worker.Key)]);

    /// <summary>Gives up workers that are said to be unreachable: their grains are free, and suspected.</summary>
    public Decision GiveUp(IReadOnlyList<WorkerId> workers)
    {
        if (!workers.Any(Leases.Workers.ContainsKey))
        {
            return Decision.Nothing;
        }

        GrainSet lost = Completed.Missing(workers.Aggregate(
            GrainSet.Empty, (all, worker) => all.Union(
                Leases.Workers.TryGetValue(worker, out Holding? held) && !held.IsLeaving ? held.Held : GrainSet.Empty)));
        LeaseAnswer answer = Leases.GiveUp(workers, Completed);
        return new(lost.IsEmpty || Submitted is null ? [] : [new GrainsSuspected(Id, lost)], answer.Next)
        {
            Notices = Notices(answer),
        };
    }

    /// <summary>The state after all events up to a snapshot.</summary>
    public CampaignState Restore(CampaignSnapshot snapshot)
    {
        CampaignState submitted = Apply(snapshot.Submitted);
        GrainMap completed = GrainMap.Empty.With(snapshot.Completed);
        return submitted with
        {
            Status = snapshot.Status,
            Completed = completed,
            Tally = snapshot.Tally,
            Quarantined = [.. snapshot.Quarantined],
            WallTime = snapshot.WallTime,
            Priority = snapshot.Priority,
            Removals = snapshot.Removals,
            Suspected = snapshot.Suspected,
            Guarded = snapshot.Guarded,
            Leases = Leases.None(snapshot.Submitted.Spec.Layout.Grains, _rules.ShuffleSeed, completed),
        };
    }

    /// <summary>Everything but the leases; null if nobody submitted it.</summary>
    public CampaignSnapshot? Snapshot() => Submitted is null
        ? null : new(Id, Submitted, Status, Completed.ToSet(), Tally, Quarantined, WallTime)
        {
            Priority = Priority,
            Removals = Removals,
            Suspected = Suspected,
            Guarded = Guarded,
        };

    /// <summary>At the start of an incarnation: no time of this session is spent yet.</summary>
    public CampaignState Begin(long epoch) =>
        this with { Epoch = epoch, Sequence = epoch - 1, SessionTime = TimeSpan.Zero, CountingSince = null };

    /// <summary>For the store; null if nobody submitted it.</summary>
    public CampaignRecord? Record() => Submitted is null
        ? null : Submitted.Spec.Record(Id, Status, Quarantined, WallTime, Submitted.At) with { Sequence = Sequence, Removals = Removals };

    /// <summary>For a worker that joins; null if nobody submitted it.</summary>
    public CampaignSpec? Spec() => Submitted is not { } s ? null : new(s.Id, s.Spec, s.At) { Priority = Priority, Removals = Removals };

    /// <summary>For all workers.</summary>
    public CampaignAnnounced Announcement() => new(Id, Submitted is null ? CampaignStatus.Cancelled : Status) { Priority = Priority };

    /// <summary>For who asks where it stands.</summary>
    public CampaignStanding Standing(string? problem) => new(
        Id, Submitted is not null, Status, Submitted?.Spec.Layout, Completed.Count, Tally, Quarantined.Count, WallTime,
        SessionTime, problem)
    {
        Priority = Priority,
        Leased = Leases.Workers.Values.Sum(worker => worker.Held.Count),
        Workers = Leases.Workers.Count,
    };

    private static int Bounded(int priority) =>
        Math.Clamp(priority, -CampaignRules.MostPriority, CampaignRules.MostPriority);

    private Decision Lease(StateHolding stated, DateTimeOffset now)
    {
        LeaseAnswer answer = Leases.State(stated, Completed, IsLeasing, now, now + _rules.LeaseTime);
        return new([], answer.Next, new GrainsLeased(Id, Epoch, stated.Statement, answer.Granted, Status)
        {
            Guarded = Guarded.Intersect(stated.Held.Union(answer.Granted)),
            Known = stated.Held.Except(Completed.Missing(stated.Held)),
            QueueLimit = answer.QueueLimit,
            Removals = Removals,
        })
        {
            Notices = Notices(answer),
        };
    }

    private List<(WorkerId Worker, ICampaignReply Message)> Notices(LeaseAnswer answer) =>
    [
        .. answer.Recalled.Select(one => (one.Worker, (ICampaignReply)new ReturnGrains(Id, Epoch, one.Grains))),
        .. answer.Fed.Where(_ => IsLeasing).Select(worker => (worker, (ICampaignReply)Announcement())),
    ];

    /// <summary>Who holds the lease does not matter: the results were stored before this message existed.</summary>
    private Decision Complete(CompleteGrains done, DateTimeOffset now)
    {
        var reported = GrainSet.Of(done.Grains.Select(grain => grain.Grain));
        if (Submitted is null || done.Removals != Removals || !GrainSet.All(Submitted.Spec.Layout.Grains).Covers(reported))
        {
            // Not acknowledged: an acknowledgement says that the journal has it.
            return new([], null, new GrainsAcknowledged(Id, Epoch, GrainSet.Empty));
        }

        var acknowledged = new GrainsAcknowledged(Id, Epoch, reported);
        var added = done.Grains.Where(grain => !Completed.Contains(grain.Grain)).DistinctBy(grain => grain.Grain)
            .ToList();
        if (added.Count == 0)
        {
            return new([], null, acknowledged);
        }

        TimeSpan spent = CountingSince is { } since && now > since ? now - since : TimeSpan.Zero;
        return new(
            Events(
                GrainSet.Of(added.Select(grain => grain.Grain)),
                added.Aggregate(Tally.Empty, (sum, grain) => sum + grain.Tally),
                [.. added.SelectMany(grain => grain.Quarantined)], spent),
            null, acknowledged);
    }

    private List<ICampaignEvent> Events(
        GrainSet added, Tally tally, QuarantinedSimulation[] quarantined, TimeSpan spent)
    {
        List<ICampaignEvent> events = [new GrainsCompleted(Id, added, tally, spent)];
        if (quarantined.Length > 0)
        {
            events.Add(new SimulationsQuarantined(Id, quarantined));
        }

        if (Completed.Count + added.Count == Submitted!.Spec.Layout.Grains)
        {
            events.Add(new CampaignFinished(Id));
        }

        return events;
    }
}
