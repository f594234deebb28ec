using System.CommandLine;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>list</c>: all campaigns of a data folder.</summary>
public static class ListCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var command = new Command("list", "All campaigns of the data folder");
        command.SetAction(parsed =>
        {
            using var archive = Archive.Open(FrontDoor.Data(parsed));
            CampaignView[] views = [.. archive.Campaigns().Select(archive.View)];
            FrontDoor.Face(parsed).Show(
                views.Select(view => CampaignDocument.Of(view, null)),
                () => views.Length == 0
                    ? $"no campaigns in {FrontDoor.Data(parsed)}; calciumsweep run SPEC.yaml makes one\n"
                    : string.Concat(views.Select(CampaignDocument.Text)));
            return ExitCode.Done;
        });
        return command;
    }
}
