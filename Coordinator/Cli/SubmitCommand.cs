using System.CommandLine;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>submit SPEC.yaml</c>: hands a spec to a server, or leaves it in a data folder for the next node.</summary>
public static class SubmitCommand
{
    private const int HighestPriority = 10;

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var spec = new Argument<string>("spec") { Description = "Spec file (YAML)" };
        var priority = new Option<int?>("--priority") { Description = "−10 … 10; each step up doubles its share of the workers" };
        var server = new ServerOptions();
        var command = new Command("submit", "Hand a sweep to a server; it is simulated there") { spec, priority };
        server.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string file = parsed.GetRequiredValue(spec);
            int? wanted = Checked(parsed.GetValue(priority));
            Faces faces = FrontDoor.Face(parsed);
            faces.Warn(SpecReader.Read(file).Warnings);
            using var stop = new StopSignals();
            using ICampaigns campaigns = server.Open(parsed);
            CampaignAnswer answer = await campaigns.SubmitAsync(file, wanted, stop.Token).ConfigureAwait(false);
            if (campaigns is FolderCampaigns && answer.State == "interrupted")
            {
                faces.Note($"no server works on {campaigns.Place}: calciumsweep up, or calciumsweep resume {answer.Campaign}, simulates it");
            }

            CampaignVerb.Show(parsed, answer);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A priority.</summary>
    /// <exception cref="CommandException">There is no such priority.</exception>
    public static int? Checked(int? priority) => priority is null or (>= -HighestPriority and <= HighestPriority) ? priority
        : throw new CommandException($"--priority {priority}: a priority is a whole number from −{HighestPriority} to {HighestPriority}");
}
