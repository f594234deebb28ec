namespace CalciumSweep.Shared.Messages;

/// <summary>Everything that travels between nodes or into the journal: bound to <see cref="CampaignSerializer"/>.</summary>
public interface ICampaignMessage
{
    /// <summary>The campaign that it concerns; routes it to the campaign's entity.</summary>
    CampaignId Id { get; }
}
