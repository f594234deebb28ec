namespace CalciumSweep.Shared.Api;

/// <summary>What a spec would make and cost here.</summary>
/// <param name="Campaign">The id that it would have.</param>
/// <param name="Known">True if that campaign is there already.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Axes">Its axes.</param>
/// <param name="Points">Points.</param>
/// <param name="Replicates">Repeats of each.</param>
/// <param name="Simulations">Simulations.</param>
/// <param name="Grains">Grains.</param>
/// <param name="EstimatedSeconds">Time on this server's cores.</param>
/// <param name="EstimatedBytes">Disk space at most, bytes.</param>
/// <param name="Warnings">What is odd but right.</param>
public sealed record PreviewAnswer(
    string Campaign, bool Known, string Scenario, IReadOnlyList<PreviewAxis> Axes, long Points, int Replicates, long Simulations,
    long Grains, SecondsRange EstimatedSeconds, double EstimatedBytes, IReadOnlyList<string> Warnings);
