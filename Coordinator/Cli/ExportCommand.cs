using System.CommandLine;
using System.Text;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>export CAMPAIGN --format csv|json</c>: results out, to a file or to standard output.</summary>
public static class ExportCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var name = new Argument<string>("campaign") { Description = "Id of the campaign, or the beginning of it" };
        var format = new Option<string>("--format", "-f") { Description = "csv or json", DefaultValueFactory = _ => "csv" };
        var file = new Option<string?>("--out", "-o") { Description = "File to write; without it standard output", HelpName = "FILE" };
        var replicates = new Option<bool>("--replicates") { Description = "One row a replicate (csv)" };
        var command = new Command("export", "Results as a table") { name, format, file, replicates };
        command.SetAction(parsed =>
        {
            string wanted = Format(parsed.GetValue(format)!);
            if (parsed.GetValue(replicates) && wanted != "csv")
            {
                throw new CommandException("--replicates goes with --format csv");
            }

            using var archive = Archive.Open(FrontDoor.Data(parsed));
            CampaignRecord record = archive.Get(parsed.GetRequiredValue(name));
            Plan plan = Archive.PlanOf(record);
            if (parsed.GetValue(replicates) && record.Keep == Keep.Points)
            {
                throw new CommandException($"{record.Id} keeps points only, its single simulations are not stored", "keep: simulations in the spec keeps them");
            }

            using StreamWriter output = Open(parsed.GetValue(file));
            Write(output, wanted, parsed.GetValue(replicates), archive, record, plan);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Format(string format) => format switch
    {
        "csv" or "json" => format,
        "parquet" or "hdf5" => throw new CommandException($"--format {format} is not available yet", "csv and json are"),
        _ => throw new CommandException($"there is no format '{format}'", "csv and json are there"),
    };

    private static StreamWriter Open(string? file)
    {
        if (file is null)
        {
            return new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        FigureFile.Check(file);
        return new StreamWriter(file);
    }

    private static void Write(TextWriter output, string format, bool replicates, Archive archive, CampaignRecord record, Plan plan)
    {
        if (format == "json")
        {
            PointDocument.Write(output, record, plan, archive.Points(record, plan));
        }
        else if (replicates)
        {
            ReplicateTable.Write(output, plan, record.Layout, archive.Grains(record, plan));
        }
        else
        {
            PointTable.Write(output, plan, archive.Points(record, plan));
        }
    }
}
