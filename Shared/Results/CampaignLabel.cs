namespace CalciumSweep.Shared.Results;

/// <summary>What people say of a campaign: it is no part of its spec and changes nothing of it.</summary>
/// <param name="Tags">Words to find it by, in order, none twice.</param>
/// <param name="Note">Free text; empty if there is none.</param>
public sealed record CampaignLabel(IReadOnlyList<string> Tags, string Note)
{
    /// <summary>Nothing is said.</summary>
    public static CampaignLabel None { get; } = new([], "");
}
