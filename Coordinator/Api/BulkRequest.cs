using CalciumSweep.Coordinator.Cli;

namespace CalciumSweep.Coordinator.Api;

/// <summary>One change of many campaigns.</summary>
/// <param name="Change"><c>pause</c>, <c>resume</c>, <c>cancel</c>, <c>retry</c> or <c>delete</c>.</param>
/// <param name="Campaigns">Ids, or beginnings of them.</param>
internal sealed record BulkRequest(string Change, IReadOnlyList<string> Campaigns)
{
    /// <summary>The state of a campaign that is gone.</summary>
    public const string Deleted = "deleted";

    private const int Most = 1000;
    private const string Delete = "delete";

    /// <summary>What is to be done; null deletes.</summary>
    /// <exception cref="CommandException">There is no such change, or there are too many campaigns.</exception>
    public CampaignChange? Checked()
    {
        if (Campaigns is not { Count: > 0 and <= Most })
        {
            throw new CommandException($"campaigns: {Campaigns?.Count ?? 0} are named", $"name from 1 to {Most}");
        }

        return Change == Delete ? null : Enum.GetValues<CampaignChange>().Where(change => CampaignDocument.Name(change) == Change)
            .Select(change => (CampaignChange?)change).FirstOrDefault()
            ?? throw new CommandException($"change: there is no '{Change}'", "pause, resume, cancel, retry and delete are there");
    }
}
