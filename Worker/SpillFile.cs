namespace CalciumSweep.Worker;

/// <summary>A file of results that the store does not have yet.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Work">The campaign as this process works on it; null if an earlier process wrote the file.</param>
/// <param name="Removals">Of results of the campaign, before the grains were begun.</param>
/// <param name="Grains">The grains in it; empty if an earlier process wrote the file.</param>
internal sealed record SpillFile(string Path, long Bytes, CampaignWork? Work, long Removals, IReadOnlyList<long> Grains);
