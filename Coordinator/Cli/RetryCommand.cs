using System.CommandLine;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>retry CAMPAIGN</c>: queues quarantined simulations again, all or those that are chosen.</summary>
public static class RetryCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var reasons = new Option<string[]>("--reason") { Description = "Only those quarantined for this reason; may be given more than once", HelpName = "TEXT" };
        var simulations = new Option<long[]>("--simulation") { Description = "Only this simulation, by its index; may be given more than once", HelpName = "N" };
        Command command = CampaignVerb.New("retry", "Queue quarantined simulations again", async (parsed, campaigns, campaign, stop) =>
        {
            (string[] why, long[] which) = (parsed.GetValue(reasons) ?? [], parsed.GetValue(simulations) ?? []);
            RetryRequest? request = why.Length + which.Length == 0 ? null : new(why, which);
            CampaignVerb.Show(parsed, await campaigns.RetryAsync(campaign, request, stop).ConfigureAwait(false));
            return ExitCode.Done;
        });
        command.Add(reasons);
        command.Add(simulations);
        return command;
    }
}
