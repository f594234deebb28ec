namespace CalciumSweep.Shared.Messages;

/// <summary>Akka settings that every node has in common: what may travel, and how.</summary>
public static class WireConfig
{
    /// <summary>HOCON: binds <see cref="ICampaignMessage"/> and <see cref="IWorkerMessage"/> to <see cref="CampaignSerializer"/> and switches JSON off.</summary>
    public const string Hocon = """
        akka.actor {
          serializers {
            campaign = "CalciumSweep.Shared.Messages.CampaignSerializer, CalciumSweep.Shared"
            json = "CalciumSweep.Shared.Messages.RefusingSerializer, CalciumSweep.Shared"
          }
          serialization-bindings {
            "CalciumSweep.Shared.Messages.ICampaignMessage, CalciumSweep.Shared" = campaign
            "CalciumSweep.Shared.Messages.IWorkerMessage, CalciumSweep.Shared" = campaign
          }
          serialization-identifiers {
            "CalciumSweep.Shared.Messages.CampaignSerializer, CalciumSweep.Shared" = 8260
            "CalciumSweep.Shared.Messages.RefusingSerializer, CalciumSweep.Shared" = 1
          }
        }
        """;
}
