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
        var tags = new Option<string[]>("--tag") { Description = "Only those with this tag; may be given more than once", HelpName = "TAG" };
        command.Add(tags);
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using ICampaigns campaigns = server.Open(parsed);
            string[] wanted = parsed.GetValue(tags) ?? [];
            IReadOnlyList<CampaignAnswer> all = await campaigns.ListAsync(cancel).ConfigureAwait(false);
            CampaignAnswer[] answers = [.. all.Where(one => wanted.All(tag => one.Tags?.Contains(tag, StringComparer.Ordinal) == true))];
            FrontDoor.Face(parsed).Show(answers, () => all.Count == 0
                ? $"no campaigns in {campaigns.Place}; calciumsweep run SPEC.yaml makes one\n"
                : answers.Length == 0 ? $"no campaign has the tag {string.Join(" and ", wanted)}; calciumsweep label CAMPAIGN --tag TAG gives it one\n"
                : string.Concat(answers.Select(CampaignDocument.Text)));
            return ExitCode.Done;
        });
        return command;
    }
}
