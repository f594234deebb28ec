using System.CommandLine;
using CalciumSweep.Shared.Api;
using Spectre.Console;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>delete CAMPAIGN</c>: removes a campaign with all its results.</summary>
public static class DeleteCommand
{
    /// <summary>The verb.</summary>
    public static Command New() => CampaignVerb.New("delete", "Remove a campaign with all its results", async (parsed, campaigns, campaign, stop) =>
    {
        Faces faces = FrontDoor.Face(parsed);
        CampaignAnswer answer = await campaigns.StatusAsync(campaign, stop).ConfigureAwait(false);
        if (!parsed.GetValue(CommonOptions.Yes) && !faces.IsJson && Faces.IsTerminal && !Console.IsInputRedirected
            && !await AnsiConsole.ConfirmAsync($"Remove {answer.Campaign} with {answer.Done:N0} results?", false, stop).ConfigureAwait(false))
        {
            throw new CommandException("not removed", "--yes removes without a question");
        }

        await campaigns.DeleteAsync(answer.Campaign, stop).ConfigureAwait(false);
        faces.Show(new { campaign = answer.Campaign, deleted = true }, () => $"{answer.Campaign} is removed\n");
        return ExitCode.Done;
    });
}
