using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Every <see cref="ICampaignMessage"/> as protobuf, named by a short manifest with a version. No type name travels,
/// and an unknown manifest is refused.
/// </summary>
/// <param name="system">The actor system.</param>
public sealed class CampaignSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    /// <exception cref="SerializationException">The message has no wire format.</exception>
    public override string Manifest(object o) => o switch
    {
        SubmitCampaign => "submit1",
        StateHolding => "holding1",
        CompleteGrains => "complete1",
        PauseCampaign => "pause1",
        ResumeCampaign => "resume1",
        CancelCampaign => "cancel1",
        GetStanding => "get-standing1",
        GetSpec => "get-spec1",
        CampaignSpec => "spec1",
        GrainsLeased => "leased1",
        GrainsAcknowledged => "acknowledged1",
        CampaignAnnounced => "announced1",
        CampaignStanding => "standing1",
        CampaignSubmitted => "e-submitted1",
        GrainsCompleted => "e-completed1",
        SimulationsQuarantined => "e-quarantined1",
        CampaignPaused => "e-paused1",
        CampaignResumed => "e-resumed1",
        CampaignCancelled => "e-cancelled1",
        CampaignFinished => "e-finished1",
        CampaignSnapshot => "snapshot1",
        _ => throw new SerializationException($"{o.GetType()} has no wire format"),
    };

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The message has no wire format.</exception>
    public override byte[] ToBinary(object obj) => Write(obj).ToByteArray();

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not what it promises.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return Read(bytes, manifest);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            throw new SerializationException($"The bytes are no {manifest}: {e.Message}", e);
        }
    }

    private static IMessage Write(object message) => message switch
    {
        SubmitCampaign m => WireFormat.Write(m.Id, m.Spec, null),
        CampaignSpec m => WireFormat.Write(m.Id, m.Spec, m.Submitted),
        CampaignSubmitted m => WireFormat.Write(m.Id, m.Spec, m.At),
        PauseCampaign or ResumeCampaign or CancelCampaign or GetStanding or GetSpec or CampaignPaused
            or CampaignResumed or CampaignCancelled or CampaignFinished =>
            new Wire.OnlyId { Id = ((ICampaignMessage)message).Id.Value },
        StateHolding m => new Wire.Holding
        {
            Id = m.Id.Value,
            Worker = m.Worker.Value,
            Statement = m.Statement,
            Held = WireFormat.Write(m.Held),
            TopUpTo = m.TopUpTo,
        },
        CompleteGrains m => Write(m),
        GrainsLeased m => new Wire.Leased
        {
            Id = m.Id.Value,
            Epoch = m.Epoch,
            Statement = m.Statement,
            Granted = WireFormat.Write(m.Granted),
            Status = (int)m.Status,
        },
        GrainsAcknowledged m => new Wire.Acknowledged
        {
            Id = m.Id.Value,
            Epoch = m.Epoch,
            Grains = WireFormat.Write(m.Grains),
        },
        CampaignAnnounced m => new Wire.Announced { Id = m.Id.Value, Status = (int)m.Status },
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
        CampaignSnapshot m => Write(m),
        _ => throw new SerializationException($"{message.GetType()} has no wire format"),
    };

    private static Wire.Completions Write(CompleteGrains m) => new()
    {
        Id = m.Id.Value,
        Worker = m.Worker.Value,
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
        };
        if (m.Problem is { } problem)
        {
            wire.Problem = problem;
        }

        return wire;
    }

    private static Wire.Snapshot Write(CampaignSnapshot m) => new()
    {
        Submitted = WireFormat.Write(m.Id, m.Submitted.Spec, m.Submitted.At),
        Status = (int)m.Status,
        Completed = WireFormat.Write(m.Completed),
        Tally = { m.Tally.Counts },
        Quarantined = { m.Quarantined.Select(WireFormat.Write) },
        WallTicks = m.WallTime.Ticks,
    };

    private static ICampaignMessage Read(byte[] bytes, string manifest) => manifest switch
    {
        "submit1" => ReadSubmit(bytes),
        "spec1" => ReadSpec(bytes),
        "e-submitted1" => WireFormat.Read(Wire.Spec.Parser.ParseFrom(bytes)),
        "holding1" => ReadHolding(bytes),
        "complete1" => ReadCompletions(bytes),
        "pause1" => new PauseCampaign(ReadId(bytes)),
        "resume1" => new ResumeCampaign(ReadId(bytes)),
        "cancel1" => new CancelCampaign(ReadId(bytes)),
        "get-standing1" => new GetStanding(ReadId(bytes)),
        "get-spec1" => new GetSpec(ReadId(bytes)),
        "e-paused1" => new CampaignPaused(ReadId(bytes)),
        "e-resumed1" => new CampaignResumed(ReadId(bytes)),
        "e-cancelled1" => new CampaignCancelled(ReadId(bytes)),
        "e-finished1" => new CampaignFinished(ReadId(bytes)),
        "leased1" => ReadLeased(bytes),
        "acknowledged1" => ReadAcknowledged(bytes),
        "announced1" => ReadAnnounced(bytes),
        "standing1" => ReadStanding(bytes),
        "e-completed1" => ReadCompleted(bytes),
        "e-quarantined1" => ReadQuarantined(bytes),
        "snapshot1" => ReadSnapshot(bytes),
        _ => throw new SerializationException($"Unknown manifest '{manifest}'"),
    };

    private static CampaignId ReadId(byte[] bytes) => new(Wire.OnlyId.Parser.ParseFrom(bytes).Id);

    private static SubmitCampaign ReadSubmit(byte[] bytes)
    {
        CampaignSubmitted m = WireFormat.Read(Wire.Spec.Parser.ParseFrom(bytes));
        return new(m.Id, m.Spec);
    }

    private static CampaignSpec ReadSpec(byte[] bytes)
    {
        CampaignSubmitted m = WireFormat.Read(Wire.Spec.Parser.ParseFrom(bytes));
        return new(m.Id, m.Spec, m.At);
    }

    private static StateHolding ReadHolding(byte[] bytes)
    {
        var m = Wire.Holding.Parser.ParseFrom(bytes);
        return new(new(m.Id), new(m.Worker), m.Statement, WireFormat.Read(m.Held), m.TopUpTo);
    }

    private static CompleteGrains ReadCompletions(byte[] bytes)
    {
        var m = Wire.Completions.Parser.ParseFrom(bytes);
        return new(new(m.Id), new(m.Worker), [.. m.Grains.Select(grain => new GrainCompletion(
            grain.Grain, WireFormat.Read(grain.Tally), WireFormat.Read(grain.Quarantined)))]);
    }

    private static GrainsLeased ReadLeased(byte[] bytes)
    {
        var m = Wire.Leased.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Epoch, m.Statement, WireFormat.Read(m.Granted), WireFormat.Status(m.Status));
    }

    private static GrainsAcknowledged ReadAcknowledged(byte[] bytes)
    {
        var m = Wire.Acknowledged.Parser.ParseFrom(bytes);
        return new(new(m.Id), m.Epoch, WireFormat.Read(m.Grains));
    }

    private static CampaignAnnounced ReadAnnounced(byte[] bytes)
    {
        var m = Wire.Announced.Parser.ParseFrom(bytes);
        return new(new(m.Id), WireFormat.Status(m.Status));
    }

    private static CampaignStanding ReadStanding(byte[] bytes)
    {
        var m = Wire.Standing.Parser.ParseFrom(bytes);
        return new(
            new(m.Id), m.IsKnown, WireFormat.Status(m.Status), m.Layout is null ? null : WireFormat.Read(m.Layout),
            m.Completed, WireFormat.Read(m.Tally), m.Quarantined, TimeSpan.FromTicks(m.WallTicks),
            TimeSpan.FromTicks(m.SessionTicks), m.HasProblem ? m.Problem : null);
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
            WireFormat.Read(m.Tally), WireFormat.Read(m.Quarantined), TimeSpan.FromTicks(m.WallTicks));
    }
}
