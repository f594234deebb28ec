using System.Runtime.Serialization;
using Google.Protobuf;

namespace CalciumSweep.Shared.Messages;

/// <summary>Message → protobuf.</summary>
internal static class WireWriter
{
    public static IMessage Write(object message) => message switch
    {
        SubmitCampaign m => Write(m),
        CampaignSpec m => WireFormat.Write(m.Id, m.Spec, m.Submitted, m.Priority, m.Removals),
        CampaignSubmitted m => WireFormat.Write(m.Id, m.Spec, m.At, m.Priority),
        PauseCampaign or ResumeCampaign or CancelCampaign or RetryQuarantined or DeleteCampaign or GetStanding
            or CoordinatorChanged or CampaignPaused or CampaignResumed or CampaignCancelled or CampaignFinished =>
            new Wire.OnlyId { Id = ((ICampaignMessage)message).Id.Value },
        GetWorkerReport or DrainWorker => new Wire.Worker(),
        WorkerReport m => new Wire.Worker
        {
            Worker_ = m.Worker.Value,
            Threads = m.Threads,
            Busy = m.Busy,
            Lanes = m.Lanes,
            SolverSeconds = m.SolverSeconds,
            Simulations = m.Simulations,
            Campaigns = { m.Campaigns.Select(id => id.Value) },
            IsDrained = m.IsDrained,
            Leased = m.Leased,
            Version = m.Version,
        },
        StateHolding m => Write(m),
        CompleteGrains m => Write(m),
        GetSpec m => new Wire.Join
        {
            Id = m.Id.Value,
            Worker = m.Worker.Value,
            Protocol = m.Versions.Protocol,
            Numerics = m.Versions.Numerics,
        },
        WorkerRefused m => new Wire.Refused { Id = m.Id.Value, Reason = m.Reason },
        ChangePriority m => new Wire.Priority { Id = m.Id.Value, Priority_ = m.Priority },
        PriorityChanged m => new Wire.Priority { Id = m.Id.Value, Priority_ = m.Priority },
        ReturnGrains m => new Wire.Return { Id = m.Id.Value, Epoch = m.Epoch, Grains = WireFormat.Write(m.Grains) },
        GrainsLeased m => Write(m),
        GrainsAcknowledged m => new Wire.Acknowledged
        {
            Id = m.Id.Value,
            Epoch = m.Epoch,
            Grains = WireFormat.Write(m.Grains),
        },
        CampaignAnnounced m => new Wire.Announced
        {
            Id = m.Id.Value,
            Status = (int)m.Status,
            Priority = m.Priority,
        },
        CampaignStanding m => Write(m),
        GrainsCompleted m => new Wire.CompletedGrains
        {
            Id = m.Id.Value,
            Grains = WireFormat.Write(m.Grains),
            Tally = { m.Tally.Counts },
            WallTicks = m.WallTime.Ticks,
        },
        SimulationsQuarantined m => new Wire.QuarantinedSimulations
        {
            Id = m.Id.Value,
            Simulations = { m.Simulations.Select(WireFormat.Write) },
        },
        QuarantineRetried m => new Wire.RetriedGrains
        {
            Id = m.Id.Value,
            Grains = WireFormat.Write(m.Grains),
            Tally = { m.Tally.Counts },
        },
        RetryGrains m => new Wire.RetryGrains { Id = m.Id.Value, Grains = WireFormat.Write(m.Grains) },
        CampaignDeleted m => new Wire.Deleted { Id = m.Id.Value, Removals = m.Removals },
        GrainsSuspected m => new Wire.SuspectedGrains { Id = m.Id.Value, Grains = WireFormat.Write(m.Grains) },
        CampaignSnapshot m => Write(m),
        _ => throw new SerializationException($"{message.GetType()} has no wire format"),
    };

    private static Wire.Spec Write(SubmitCampaign m)
    {
        Wire.Spec wire = WireFormat.Write(m.Id, m.Spec, null, m.Priority);
        wire.Trace = m.Trace ?? "";
        return wire;
    }

    private static Wire.Holding Write(StateHolding m) => new()
    {
        Id = m.Id.Value,
        Worker = m.Worker.Value,
        Statement = m.Statement,
        Held = WireFormat.Write(m.Held),
        TopUpTo = m.TopUpTo,
        Queued = WireFormat.Write(m.Queued),
        Slots = m.Slots,
        Idle = m.Idle,
        GrainSeconds = m.GrainSeconds,
        IsLeaving = m.IsLeaving,
    };

    private static Wire.Leased Write(GrainsLeased m) => new()
    {
        Id = m.Id.Value,
        Epoch = m.Epoch,
        Statement = m.Statement,
        Granted = WireFormat.Write(m.Granted),
        Status = (int)m.Status,
        Guarded = WireFormat.Write(m.Guarded),
        Known = WireFormat.Write(m.Known),
        QueueLimit = m.QueueLimit,
        Removals = m.Removals,
        Trace = m.Trace ?? "",
    };

    private static Wire.Completions Write(CompleteGrains m) => new()
    {
        Id = m.Id.Value,
        Worker = m.Worker.Value,
        Removals = m.Removals,
        Grains =
        {
            m.Grains.Select(grain => new Wire.Completion
            {
                Grain = grain.Grain,
                Tally = { grain.Tally.Counts },
                Quarantined = { grain.Quarantined.Select(WireFormat.Write) },
            }),
        },
    };

    private static Wire.Standing Write(CampaignStanding m)
    {
        var wire = new Wire.Standing
        {
            Id = m.Id.Value,
            IsKnown = m.IsKnown,
            Status = (int)m.Status,
            Layout = m.Layout is { } layout ? WireFormat.Write(layout) : null,
            Completed = m.Completed,
            Tally = { m.Tally.Counts },
            Quarantined = m.Quarantined,
            WallTicks = m.WallTime.Ticks,
            SessionTicks = m.SessionTime.Ticks,
            Priority = m.Priority,
            Leased = m.Leased,
            Workers = m.Workers,
        };
        if (m.Problem is { } problem)
        {
            wire.Problem = problem;
        }

        return wire;
    }

    private static Wire.Snapshot Write(CampaignSnapshot m) => new()
    {
        Submitted = WireFormat.Write(m.Id, m.Submitted.Spec, m.Submitted.At, m.Submitted.Priority),
        Status = (int)m.Status,
        Completed = WireFormat.Write(m.Completed),
        Tally = { m.Tally.Counts },
        Quarantined = { m.Quarantined.Select(WireFormat.Write) },
        WallTicks = m.WallTime.Ticks,
        Priority = m.Priority,
        Removals = m.Removals,
        Suspected = WireFormat.Write(m.Suspected),
        Guarded = WireFormat.Write(m.Guarded),
    };
}
