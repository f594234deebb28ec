using System.Collections.Immutable;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// A campaign's rules, pure: decisions are made from a command and the time, the state changes by events alone. The
/// lease table is beside the journal: it dies with the process and comes back from the workers' statements.
/// </summary>
public sealed record CampaignState
{
    private readonly CampaignRules _rules;

    /// <summary>A campaign that nobody submitted yet.</summary>
    public CampaignState(CampaignId id, CampaignRules rules)
    {
        (Id, _rules) = (id, rules);
        Leases = Leases.None(new LeaseOrder(0, null));
    }

    /// <summary>Campaign id.</summary>
    public CampaignId Id { get; }

    /// <summary>How it began; null if nobody submitted it.</summary>
    public CampaignSubmitted? Submitted { get; private init; }

    /// <summary>Where it stands.</summary>
    public CampaignStatus Status { get; private init; } = CampaignStatus.Running;

    /// <summary>Grains whose results are in the store.</summary>
    public GrainSet Completed { get; private init; } = GrainSet.Empty;

    /// <summary>Outcomes of the grains completed.</summary>
    public Tally Tally { get; private init; } = Tally.Empty;

    /// <summary>Simulations given up.</summary>
    public ImmutableList<QuarantinedSimulation> Quarantined { get; private init; } = [];

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

    /// <summary>True if leases may be given.</summary>
    public bool IsLeasing => Submitted is not null && Status == CampaignStatus.Running;

    /// <summary>Decides; changes nothing.</summary>
    public Decision Handle(ICampaignCommand command, DateTimeOffset now) => command switch
    {
        SubmitCampaign submit when Submitted is null => new(
            [new CampaignSubmitted(Id, submit.Spec, now)]),

        // Whoever asks again for what was paused or given up wants it now.
        SubmitCampaign or ResumeCampaign => Submitted is not null
            && Status is CampaignStatus.Paused or CampaignStatus.Cancelled
                ? new([new CampaignResumed(Id)]) : Decision.Nothing,
        PauseCampaign => IsLeasing ? new([new CampaignPaused(Id)]) : Decision.Nothing,
        CancelCampaign => Submitted is not null && Status is CampaignStatus.Running or CampaignStatus.Paused
            ? new([new CampaignCancelled(Id)]) : Decision.Nothing,
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
        GrainSet added = stored.Except(Completed);
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

    /// <summary>The state with a decision's lease table; time counts from the first lease on.</summary>
    public CampaignState Lend(Decision decision, DateTimeOffset now) => decision.Leases is not { } leases ? this : this with
    {
        Leases = leases,
        CountingSince = IsLeasing && leases.Workers.Values.Any(worker => !worker.Held.IsEmpty)
            ? CountingSince ?? now : CountingSince,
    };

    /// <summary>Gives up workers that were silent for too long.</summary>
    public CampaignState Expire(DateTimeOffset now) => this with { Leases = Leases.Expire(now, Completed) };

    /// <summary>The state after an event.</summary>
    public CampaignState Apply(ICampaignEvent change) => change switch
    {
        CampaignSubmitted submitted => this with
        {
            Submitted = submitted,
            Leases = Leases.None(new LeaseOrder(submitted.Spec.Layout.Grains, _rules.ShuffleSeed)),
        },
        GrainsCompleted done => this with
        {
            Completed = Completed.Union(done.Grains),
            Tally = Tally + done.Tally,
            WallTime = WallTime + done.WallTime,
            SessionTime = SessionTime + done.WallTime,
            CountingSince = CountingSince + done.WallTime,
        },
        SimulationsQuarantined given => this with { Quarantined = Quarantined.AddRange(given.Simulations) },
        CampaignPaused => this with { Status = CampaignStatus.Paused },
        CampaignResumed => this with { Status = CampaignStatus.Running, CountingSince = null },
        CampaignCancelled => this with { Status = CampaignStatus.Cancelled, CountingSince = null },
        CampaignFinished => this with { Status = CampaignStatus.Completed, CountingSince = null },
        _ => throw new ArgumentException($"{change.GetType().Name} is not understood"),
    };

    /// <summary>The state after all events up to a snapshot.</summary>
    public CampaignState Restore(CampaignSnapshot snapshot) => Apply(snapshot.Submitted) with
    {
        Status = snapshot.Status,
        Completed = snapshot.Completed,
        Tally = snapshot.Tally,
        Quarantined = [.. snapshot.Quarantined],
        WallTime = snapshot.WallTime,
    };

    /// <summary>Everything but the leases; null if nobody submitted it.</summary>
    public CampaignSnapshot? Snapshot() => Submitted is null
        ? null : new(Id, Submitted, Status, Completed, Tally, Quarantined, WallTime);

    /// <summary>At the start of an incarnation: no time of this session is spent yet.</summary>
    public CampaignState Begin(long epoch) =>
        this with { Epoch = epoch, SessionTime = TimeSpan.Zero, CountingSince = null };

    /// <summary>For the store; null if nobody submitted it.</summary>
    public CampaignRecord? Record() => Submitted?.Spec.Record(Id, Status, Quarantined, WallTime, Submitted.At);

    /// <summary>For who asks where it stands.</summary>
    public CampaignStanding Standing(string? problem) => new(
        Id, Submitted is not null, Status, Submitted?.Spec.Layout, Completed.Count, Tally, Quarantined.Count, WallTime,
        SessionTime, problem);

    private Decision Lease(StateHolding stated, DateTimeOffset now)
    {
        int topUpTo = IsLeasing ? stated.TopUpTo : 0;
        var (leases, granted) = Leases.State(stated, Completed, topUpTo, now + _rules.LeaseTime);
        return new([], leases, new GrainsLeased(Id, Epoch, stated.Statement, granted, Status));
    }

    /// <summary>Who holds the lease does not matter: the results were stored before this message existed.</summary>
    private Decision Complete(CompleteGrains done, DateTimeOffset now)
    {
        var reported = GrainSet.Of(done.Grains.Select(grain => grain.Grain));
        if (Submitted is null || !GrainSet.All(Submitted.Spec.Layout.Grains).Covers(reported))
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
