using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>Which of a campaign's quarantined simulations somebody means.</summary>
public static class QuarantineChoice
{
    /// <summary>Simulations and reasons in one request.</summary>
    public const int Most = 100_000;

    /// <summary>The grains of the simulations that are meant: a grain is computed as a whole.</summary>
    /// <param name="record">The campaign.</param>
    /// <param name="request">Which; null: all.</param>
    /// <returns>Null: all.</returns>
    /// <exception cref="CommandException">Nothing is named, too much is, or something that is not quarantined.</exception>
    public static GrainSet? Grains(CampaignRecord record, RetryRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        (IReadOnlyList<string> reasons, IReadOnlyList<long> simulations) = (request.Reasons ?? [], request.Simulations ?? []);
        long named = (long)reasons.Count + simulations.Count;
        if (named is 0 or > Most)
        {
            throw new CommandException(
                $"retry: {named} reasons and simulations are named", $"name from 1 to {Most}; without any, all that is quarantined is retried");
        }

        ILookup<string, long> byReason = record.Quarantined.ToLookup(one => one.Reason, one => one.Simulation, StringComparer.Ordinal);
        HashSet<long> quarantined = [.. record.Quarantined.Select(one => one.Simulation)];
        string? reason = reasons.FirstOrDefault(one => !byReason.Contains(one));
        long[] others = [.. simulations.Where(one => !quarantined.Contains(one)).Take(1)];
        return reason is not null ? throw Refused(record, $"nothing is quarantined for the reason '{reason}'")
            : others is [long simulation] ? throw Refused(record, $"simulation {simulation} is not quarantined")
            : GrainSet.Of(reasons.SelectMany(one => byReason[one]).Concat(simulations).Select(record.Layout.GrainOf));
    }

    private static CommandException Refused(CampaignRecord record, string what) =>
        new($"retry: {what} in {record.Id}", "nothing was retried; what is quarantined is listed at /failures and on the page Failures") { IsConflict = true };
}
