using Akka.Cluster.Sharding;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Which entity a message is for: the campaign it names.</summary>
internal sealed class CampaignRouting() : HashCodeMessageExtractor(32)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => (message as ICampaignMessage)?.Id.Value;
}
