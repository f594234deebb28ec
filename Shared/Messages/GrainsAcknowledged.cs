namespace CalciumSweep.Shared.Messages;

/// <summary>Answers <see cref="CompleteGrains"/>, after the journal has them.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Epoch">The coordinator's incarnation.</param>
/// <param name="Grains">The grains that need not be reported again.</param>
public sealed record GrainsAcknowledged(CampaignId Id, long Epoch, GrainSet Grains) : ICampaignReply;
