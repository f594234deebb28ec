using System.CommandLine;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>list</c>: all campaigns of a server or of a data folder.</summary>
public static class ListCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var server = new ServerOptions();
        var command = new Command("list", "All campaigns");
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using ICampaigns campaigns = server.Open(parsed);
            IReadOnlyList<CampaignAnswer> answers = await campaigns.ListAsync(cancel).ConfigureAwait(false);
            FrontDoor.Face(parsed).Show(answers, () => answers.Count == 0
                ? $"no campaigns in {campaigns.Place}; calciumsweep run SPEC.yaml makes one\n"
                : string.Concat(answers.Select(CampaignDocument.Text)));
            return ExitCode.Done;
        });
        return command;
    }
}
