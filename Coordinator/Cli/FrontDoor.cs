using System.CommandLine;
using System.Reflection;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Takes the command line apart and calls the verb.</summary>
public static class FrontDoor
{
    private static readonly InvocationConfiguration _configuration = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Version as shown, e.g. <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(FrontDoor).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code (contract §1).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        Faces.UseUtf8();
        if (SupervisedRun.IsOne)
        {
            ProcessSignals.EndWithParent();
        }

        var faces = new Faces(args.Contains("--json"), debug: false);
        try
        {
            RootCommand root = NewRoot();
            ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
            faces = Face(parsed);
            if (args.Contains("--version"))
            {
                faces.Show(new { version = Version }, () => Version + "\n");
                return ExitCode.Done;
            }

            if (parsed.Errors.Count > 0)
            {
                return faces.Fail([.. parsed.Errors.Select(e => Explain(parsed, e.Message))], ExitCode.BadInput);
            }

            return await parsed.InvokeAsync(_configuration).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return faces.Fail(exception);
        }
    }

    /// <summary>The faces a command was asked to show.</summary>
    public static Faces Face(ParseResult parsed) =>
        new(parsed.GetValue(CommonOptions.Json), parsed.GetValue(CommonOptions.LogLevel) == "debug")
        {
            File = parsed.CommandResult.Command.Arguments.OfType<Argument<string>>().FirstOrDefault(a => a.Name == "spec") is { } spec
                ? parsed.GetValue(spec) : null,
        };

    /// <summary>Folder of results.</summary>
    public static string Data(ParseResult parsed) => parsed.GetValue(CommonOptions.Data)!;

    private static RootCommand NewRoot()
    {
        var root = new RootCommand("CalciumSweep sweeps calcium-signalling models over their parameters.");
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        foreach (Option option in CommonOptions.All)
        {
            root.Add(option);
        }

        foreach (Command command in (Command[])
        [
            RunCommand.New(), UpCommand.New(), SubmitCommand.New(), ListCommand.New(), StatusCommand.New(), WatchCommand.New(),
            CampaignVerb.Changing(CampaignChange.Pause, "Stop leasing; what is held is finished"), ResumeCommand.New(),
            CampaignVerb.Changing(CampaignChange.Cancel, "Give a campaign up; what is stored stays"),
            RetryCommand.New(), LabelCommand.New(), DeleteCommand.New(),
            ValidateCommand.New(), SimulateCommand.New(), ScenariosCommand.New(), DescribeCommand.New(), ExportCommand.New(),
            PlotCommand.New(), DiffCommand.New(), VerifyCommand.New(), DoctorCommand.New(), MigrateCommand.New(), .. GuardCommand.New(),
        ])
        {
            root.Add(command);
        }

        return root;
    }

    private static SpecError Explain(ParseResult parsed, string message)
    {
        Command command = parsed.CommandResult.Command;
        string[] known = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Concat(CommonOptions.All).Select(o => o.Name)];
        string? word = parsed.UnmatchedTokens.FirstOrDefault(t => message.Contains(t, StringComparison.Ordinal));
        string? nearest = word is null ? null : Nearest.Of(word, known);
        string help = command is RootCommand ? "calciumsweep --help" : $"calciumsweep {command.Name} --help";
        return new(message, null, null, null, nearest is null ? $"see {help}" : $"did you mean '{nearest}'?");
    }
}
