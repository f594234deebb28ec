using System.CommandLine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>export CAMPAIGN --format csv|json|parquet</c>: results out, to a file or to standard output.</summary>
public static class ExportCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var format = new Option<string>("--format", "-f") { Description = ExportForm.Names, DefaultValueFactory = _ => "csv" };
        var file = new Option<string?>("--out", "-o") { Description = "File to write; without it standard output", HelpName = "FILE" };
        var replicates = new Option<bool>("--replicates") { Description = "One row a replicate" };
        Command command = CampaignVerb.New("export", "Results as a table", async (parsed, campaigns, campaign, stop) =>
        {
            ExportForm form = ExportForm.Of(parsed.GetValue(format)!, parsed.GetValue(replicates));
            if (parsed.GetValue(file) is { } path)
            {
                await ToFileAsync(campaigns, campaign, form, path, stop).ConfigureAwait(false);
            }
            else
            {
                Stream output = Console.OpenStandardOutput();
                await using (output.ConfigureAwait(false))
                {
                    await campaigns.ExportAsync(campaign, form, output, stop).ConfigureAwait(false);
                }
            }

            return ExitCode.Done;
        });
        command.Add(format);
        command.Add(file);
        command.Add(replicates);
        return command;
    }

    // Written beside and moved: an export that fails leaves the file that was there.
    private static async Task ToFileAsync(ICampaigns campaigns, string campaign, ExportForm form, string path, CancellationToken stop)
    {
        FigureFile.Check(path);
        string draft = path + ".part";
        try
        {
            FileStream output = File.Create(draft);
            await using (output.ConfigureAwait(false))
            {
                await campaigns.ExportAsync(campaign, form, output, stop).ConfigureAwait(false);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
