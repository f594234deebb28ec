namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Asks a worker to hand back what it has not begun of these: somebody else has nothing to do. Answered by
/// <see cref="StateHolding"/>; a grain is free only when a statement lacks it.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Epoch">The coordinator's incarnation.</param>
/// <param name="Grains">The grains.</param>
public sealed record ReturnGrains(CampaignId Id, long Epoch, GrainSet Grains) : ICampaignReply;
