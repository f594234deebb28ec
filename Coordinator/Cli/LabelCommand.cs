using System.CommandLine;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>label CAMPAIGN</c>: tags, a note and a priority; what is not given stays.</summary>
public static class LabelCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var tags = new Option<string[]>("--tag") { Description = "A word to find it by; may be given more than once. The tags given take the place of those it had", HelpName = "TAG" };
        var noTags = new Option<bool>("--no-tags") { Description = "Remove its tags" };
        var note = new Option<string?>("--note") { Description = "What is to be said of it; an empty one removes the note", HelpName = "TEXT" };
        var priority = new Option<int?>("--priority") { Description = "−10 … 10; each step up doubles its share of the workers", HelpName = "N" };
        Command command = CampaignVerb.New("label", "Change tags, note and priority of a campaign", async (parsed, campaigns, campaign, stop) =>
        {
            string[]? words = parsed.GetResult(tags) is null ? null : parsed.GetValue(tags);
            if (parsed.GetValue(noTags))
            {
                words = words is null ? [] : throw new CommandException("--no-tags: tags are given too", "one of --tag and --no-tags");
            }

            var request = new LabelRequest(words, parsed.GetValue(note));
            int? wanted = SubmitCommand.Checked(parsed.GetValue(priority));
            (IReadOnlyList<string>? Tags, string? Note) label = request.Checked();
            if (label is (null, null) && wanted is null)
            {
                throw new CommandException("label: nothing is to be changed", "--tag TAG, --no-tags, --note TEXT or --priority N says what is");
            }

            CampaignVerb.Show(parsed, await campaigns.LabelAsync(campaign, label.Tags, label.Note, wanted, stop).ConfigureAwait(false));
            return ExitCode.Done;
        });
        foreach (Option option in (Option[])[tags, noTags, note, priority])
        {
            command.Add(option);
        }

        return command;
    }
}
