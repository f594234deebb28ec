namespace CalciumSweep.Shared.Messages;

/// <summary>
/// A worker fell silent while it held these. Grains that this happens to twice are computed in a process of their own
/// from then on, so that a simulation that kills its process costs no third worker.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Grains">The grains.</param>
public sealed record GrainsSuspected(CampaignId Id, GrainSet Grains) : ICampaignEvent;
