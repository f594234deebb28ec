using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>What a spill file holds.</summary>
/// <param name="Campaign">Whose grains these are: id, identity, layout and what is kept; null if that cannot be told.</param>
/// <param name="Grains">Those that are whole.</param>
/// <param name="IsDamaged">True if the file is not what was written.</param>
internal sealed record SpilledGrains(CampaignRecord? Campaign, IReadOnlyList<GrainResult> Grains, bool IsDamaged);
