using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Grains that are in the store: one event per flush.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Grains">The grains, none of them completed before.</param>
/// <param name="Tally">Their outcomes.</param>
/// <param name="WallTime">Time since the previous such event, or since the session's first lease.</param>
public sealed record GrainsCompleted(
    CampaignId Id, GrainSet Grains, Tally Tally, TimeSpan WallTime) : ICampaignEvent;
