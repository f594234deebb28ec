using System.CommandLine;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A command that works on one campaign, on a server or in a data folder.</summary>
public static class CampaignVerb
{
    /// <summary>What such a command does.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="campaigns">Where to look.</param>
    /// <param name="campaign">The campaign as typed.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public delegate Task<int> Action(ParseResult parsed, ICampaigns campaigns, string campaign, CancellationToken stop);

    /// <summary>The argument that names a campaign.</summary>
    public static Argument<string> NewName(string name = "campaign") =>
        new(name) { Description = "Id of the campaign, or the beginning of it" };

    /// <summary>Makes one.</summary>
    public static Command New(string verb, string description, Action action)
    {
        Argument<string> name = NewName();
        var server = new ServerOptions();
        var command = new Command(verb, description) { name };
        server.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            using ICampaigns campaigns = server.Open(parsed);
            return await action(parsed, campaigns, parsed.GetRequiredValue(name), stop.Token).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>A command that changes what is done with a campaign, and shows where it stands then.</summary>
    public static Command Changing(CampaignChange change, string description) =>
        New(CampaignDocument.Name(change), description, async (parsed, campaigns, campaign, stop) =>
        {
            CampaignAnswer answer = await campaigns.ChangeAsync(campaign, change, stop).ConfigureAwait(false);
            Show(parsed, answer);
            return ExitCode.Done;
        });

    /// <summary>Shows where a campaign stands, and what to type next.</summary>
    public static void Show(ParseResult parsed, CampaignAnswer answer) => FrontDoor.Face(parsed).Show(
        answer, () => CampaignDocument.Text(answer) + CampaignDocument.Next(answer));
}
