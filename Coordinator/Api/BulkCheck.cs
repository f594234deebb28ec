using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What a change of many campaigns may ask for.</summary>
internal static class BulkCheck
{
    /// <summary>The state of a campaign that is gone.</summary>
    public const string Deleted = "deleted";

    private const int Most = 1000;
    private const string Delete = "delete";

    /// <summary>What is to be done; null deletes.</summary>
    /// <exception cref="CommandException">There is no such change, or there are too many campaigns.</exception>
    public static CampaignChange? Checked(this BulkRequest request)
    {
        if (request.Campaigns is not { Count: > 0 and <= Most })
        {
            throw new CommandException($"campaigns: {request.Campaigns?.Count ?? 0} are named", $"name from 1 to {Most}");
        }

        return request.Change == Delete ? null : Enum.GetValues<CampaignChange>().Where(change => CampaignDocument.Name(change) == request.Change)
            .Select(change => (CampaignChange?)change).FirstOrDefault()
            ?? throw new CommandException($"change: there is no '{request.Change}'", "pause, resume, cancel, retry and delete are there");
    }
}
