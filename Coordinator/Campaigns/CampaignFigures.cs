using CalciumSweep.Shared;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>How far a campaign is that this node owns and that is not done.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="Leased">Grains that workers hold.</param>
/// <param name="Workers">Workers that take part.</param>
/// <param name="SecondsLeft">Time left as a range, s; null while it is not known.</param>
public sealed record CampaignFigures(
    CampaignId Id, long Simulations, long Done, long Quarantined, long Leased, int Workers, (double Low, double High)? SecondsLeft)
{
    /// <summary>Simulations that are neither stored nor given up.</summary>
    public long Pending => Simulations - Done - Quarantined;
}
