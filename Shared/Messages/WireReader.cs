using System.Runtime.Serialization;

namespace CalciumSweep.Shared.Messages;

/// <summary>Protobuf → message; checks what it reads.</summary>
internal static class WireReader
{
    public static object Read(byte[] bytes, string manifest) => manifest switch
    {
        "submit1" => ReadSubmit(bytes),
        "spec1" => ReadSpec(bytes),
        "e-submitted1" => WireFormat.Read(Wire.Spec.Parser.ParseFrom(bytes)),
        "holding2" => ReadHolding(bytes),
        "complete1" => ReadCompletions(bytes),
        "pause1" => new PauseCampaign(ReadId(bytes)),
        "resume1" => new ResumeCampaign(ReadId(bytes)),
        "cancel1" => new CancelCampaign(ReadId(bytes)),
        "retry1" => new RetryQuarantined(ReadId(bytes)),
        "retry-grains1" => ReadRetryGrains(bytes),
        "delete1" => new DeleteCampaign(ReadId(bytes)),
        "priority1" => ReadPriority(bytes, (id, priority) => new ChangePriority(id, priority)),
        "get-standing1" => new GetStanding(ReadId(bytes)),
        "get-spec2" => ReadJoin(bytes),
        "get-worker1" => new GetWorkerReport(),
        "drain-worker1" => new DrainWorker(),
        "worker1" => ReadWorker(bytes),
        "e-coordinator1" => new CoordinatorChanged(ReadId(bytes)),
        "e-paused1" => new CampaignPaused(ReadId(bytes)),
        "e-resumed1" => new CampaignResumed(ReadId(bytes)),
        "e-cancelled1" => new CampaignCancelled(ReadId(bytes)),
        "e-finished1" => new CampaignFinished(ReadId(bytes)),
        "leased2" => ReadLeased(bytes),
        "acknowledged1" => ReadAcknowledged(bytes),
        "return1" => ReadReturn(bytes),
        "refused1" => ReadRefused(bytes),
        "announced1" => ReadAnnounced(bytes),
        "standing1" => ReadStanding(bytes),
        "e-completed1" => ReadCompleted(bytes),
        "e-quarantined1" => ReadQuarantined(bytes),
        "e-retried1" => ReadRetried(bytes),
        "e-suspected1" => ReadSuspected(bytes),
        "e-priority1" => ReadPriority(bytes, (id, priority) => new PriorityChanged(id, priority)),
        "e-deleted1" => ReadDeleted(bytes),
        "snapshot1" => ReadSnapshot(bytes),
        _ => throw new SerializationException($"Unknown manifest '{manifest}'"),
    };

    private static CampaignId ReadId(byte[] bytes) => new(Wire.OnlyId.Parser.ParseFrom(bytes).Id);

    private static SubmitCampaign ReadSubmit(byte[] bytes)
    {
        var wire = Wire.Spec.Parser.ParseFrom(bytes);
        CampaignSubmitted m = WireFormat.Read(wire);
        return new(m.Id, m.Spec) { Priority = m.Priority, Trace = ReadTrace(wire.Trace) };
    }

    private static CampaignSpec ReadSpec(byte[] bytes)
    {
        var wire = Wire.Spec.Parser.ParseFrom(bytes);
        CampaignSubmitted m = WireFormat.Read(wire);
        return new(m.Id, m.Spec, m.At) { Priority = m.Priority, Removals = wire.Removals };
    }

    private static StateHolding ReadHolding(byte[] bytes)
    {
        var m = Wire.Holding.Parser.ParseFrom(bytes);
        return new(new(m.Id), new(m.Worker), m.Statement, WireFormat.Read(m.Held), m.TopUpTo)
        {
            Queued = WireFormat.Read(m.Queued),
            Slots = m.Slots > 0 ? m.Slots : throw new SerializationException("A worker has no solver threads"),
            Idle = m.Idle,
            GrainSeconds = m.GrainSeconds,
            IsLeaving = m.IsLeaving,
        };
    }

    private static CompleteGrains ReadCompletions(byte[] bytes)
    {
        var m = Wire.Completions.Parser.ParseFrom(bytes);
        return new(new(m.Id), new(m.Worker), [.. m.Grains.Select(grain => new GrainCompletion(
            grain.Grain, WireFormat.Read(grain.Tally), WireFormat.Read(grain.Quarantined)))])
        { Removals = m.Removals };
    }

    private static GrainsLeased ReadLeased(byte[] bytes)
    {
        var m = Wire.Leased.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Epoch, m.Statement, WireFormat.Read(m.Granted), WireFormat.Status(m.Status))
        {
            Guarded = WireFormat.Read(m.Guarded),
            Known = WireFormat.Read(m.Known),
            QueueLimit = m.QueueLimit,
            Removals = m.Removals,
            Trace = ReadTrace(m.Trace),
        };
    }

    private static string? ReadTrace(string wire) => wire.Length == 0 ? null : wire;

    private static GrainsAcknowledged ReadAcknowledged(byte[] bytes)
    {
        var m = Wire.Acknowledged.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Epoch, WireFormat.Read(m.Grains));
    }

    private static CampaignAnnounced ReadAnnounced(byte[] bytes)
    {
        var m = Wire.Announced.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Status(m.Status)) { Priority = m.Priority };
    }

    private static CampaignStanding ReadStanding(byte[] bytes)
    {
        var m = Wire.Standing.Parser.ParseFrom(bytes);
        return new(
            new(m.Id), m.IsKnown, WireFormat.Status(m.Status), m.Layout is null ? null : WireFormat.Read(m.Layout),
            m.Completed, WireFormat.Read(m.Tally), m.Quarantined, TimeSpan.FromTicks(m.WallTicks),
            TimeSpan.FromTicks(m.SessionTicks), m.HasProblem ? m.Problem : null)
        {
            Priority = m.Priority,
            Leased = m.Leased,
            Workers = m.Workers,
        };
    }

    private static GrainsCompleted ReadCompleted(byte[] bytes)
    {
        var m = Wire.CompletedGrains.Parser.ParseFrom(bytes);
        return new(
            new(m.Id), WireFormat.Read(m.Grains), WireFormat.Read(m.Tally), TimeSpan.FromTicks(m.WallTicks));
    }

    private static SimulationsQuarantined ReadQuarantined(byte[] bytes)
    {
        var m = Wire.QuarantinedSimulations.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Read(m.Simulations));
    }

    private static CampaignSnapshot ReadSnapshot(byte[] bytes)
    {
        var m = Wire.Snapshot.Parser.ParseFrom(bytes);
        CampaignSubmitted submitted = WireFormat.Read(m.Submitted);
        return new(
            submitted.Id, submitted, WireFormat.Status(m.Status), WireFormat.Read(m.Completed),
            WireFormat.Read(m.Tally), WireFormat.Read(m.Quarantined), TimeSpan.FromTicks(m.WallTicks))
        {
            Priority = m.Priority,
            Removals = m.Removals,
            Suspected = WireFormat.Read(m.Suspected),
            Guarded = WireFormat.Read(m.Guarded),
        };
    }

    private static GetSpec ReadJoin(byte[] bytes)
    {
        var m = Wire.Join.Parser.ParseFrom(bytes);
        return new(new(m.Id), new(m.Worker), new(m.Protocol, m.Numerics));
    }

    private static WorkerRefused ReadRefused(byte[] bytes)
    {
        var m = Wire.Refused.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Reason);
    }

    private static ICampaignMessage ReadPriority(byte[] bytes, Func<CampaignId, int, ICampaignMessage> make)
    {
        var m = Wire.Priority.Parser.ParseFrom(bytes);
        return make(new(m.Id), m.Priority_);
    }

    private static WorkerReport ReadWorker(byte[] bytes)
    {
        var m = Wire.Worker.Parser.ParseFrom(bytes);
        return new(
            new(m.Worker_), m.Threads, m.Busy, m.Lanes, m.SolverSeconds, m.Simulations, [.. m.Campaigns.Select(id => new CampaignId(id))])
        {
            IsDrained = m.IsDrained,
            Leased = m.Leased,
            Version = m.Version,
        };
    }

    private static ReturnGrains ReadReturn(byte[] bytes)
    {
        var m = Wire.Return.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Epoch, WireFormat.Read(m.Grains));
    }

    private static RetryGrains ReadRetryGrains(byte[] bytes)
    {
        var m = Wire.RetryGrains.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Read(m.Grains));
    }

    private static QuarantineRetried ReadRetried(byte[] bytes)
    {
        var m = Wire.RetriedGrains.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Read(m.Grains), WireFormat.Read(m.Tally));
    }

    private static CampaignDeleted ReadDeleted(byte[] bytes)
    {
        var m = Wire.Deleted.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Removals);
    }

    private static GrainsSuspected ReadSuspected(byte[] bytes)
    {
        var m = Wire.SuspectedGrains.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Read(m.Grains));
    }
}
