namespace CalciumSweep.Dashboard.Client;

/// <summary>What a spec would make and cost.</summary>
/// <param name="Campaign">Id it would have.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Axes">Its axes.</param>
/// <param name="Points">Points.</param>
/// <param name="Replicates">Repeats.</param>
/// <param name="Simulations">Simulations.</param>
/// <param name="Grains">Grains.</param>
/// <param name="EstimatedSeconds">Time on this server.</param>
/// <param name="EstimatedBytes">Disk space at most, bytes.</param>
/// <param name="Warnings">What is odd but right.</param>
/// <param name="Known">True if the campaign is there already.</param>
public sealed record PreviewAnswer(
    string Campaign, string Scenario, IReadOnlyList<PreviewAxis> Axes, long Points, int Replicates,
    long Simulations, long Grains, SecondsRange EstimatedSeconds, double EstimatedBytes,
    IReadOnlyList<string> Warnings, bool Known);
