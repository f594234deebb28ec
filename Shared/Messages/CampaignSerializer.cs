using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Every <see cref="ICampaignMessage"/> and <see cref="IWorkerMessage"/> as protobuf, named by a short manifest with a version. No type name travels,
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
        StateHolding => "holding2",
        CompleteGrains => "complete1",
        PauseCampaign => "pause1",
        ResumeCampaign => "resume1",
        CancelCampaign => "cancel1",
        RetryQuarantined => "retry1",
        RetryGrains => "retry-grains1",
        DeleteCampaign => "delete1",
        ChangePriority => "priority1",
        GetStanding => "get-standing1",
        GetSpec => "get-spec2",
        CampaignSpec => "spec1",
        GrainsLeased => "leased2",
        GrainsAcknowledged => "acknowledged1",
        ReturnGrains => "return1",
        WorkerRefused => "refused1",
        CampaignAnnounced => "announced1",
        CampaignStanding => "standing1",
        CampaignSubmitted => "e-submitted1",
        GrainsCompleted => "e-completed1",
        SimulationsQuarantined => "e-quarantined1",
        CampaignPaused => "e-paused1",
        CampaignResumed => "e-resumed1",
        CampaignCancelled => "e-cancelled1",
        CampaignFinished => "e-finished1",
        QuarantineRetried => "e-retried1",
        GrainsSuspected => "e-suspected1",
        PriorityChanged => "e-priority1",
        CoordinatorChanged => "e-coordinator1",
        CampaignDeleted => "e-deleted1",
        CampaignSnapshot => "snapshot1",
        GetWorkerReport => "get-worker1",
        DrainWorker => "drain-worker1",
        WorkerReport => "worker1",
        _ => throw new SerializationException($"{o.GetType()} has no wire format"),
    };

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The message has no wire format.</exception>
    public override byte[] ToBinary(object obj) => WireWriter.Write(obj).ToByteArray();

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not what it promises.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return WireReader.Read(bytes, manifest);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            throw new SerializationException($"The bytes are no {manifest}: {e.Message}", e);
        }
    }
}
