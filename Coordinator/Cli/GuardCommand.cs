using System.CommandLine;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Hidden verbs: this program as the process that simulations are guarded with, and pilots of a submission.</summary>
public static class GuardCommand
{
    private const string Name = "guard", PilotName = "pilot";

    /// <summary>A guard that starts this program.</summary>
    public static IGuard Guard() => new ProcessGuard(ThisProgram.File, ThisProgram.Arguments(Name));

    /// <summary>Pilots in this program, started once more.</summary>
    public static GuardedPilot Pilot() => new(ThisProgram.File, ThisProgram.Arguments(PilotName));

    /// <summary>The verbs.</summary>
    public static IEnumerable<Command> New()
    {
        yield return Verb(Name, "Computes simulations that come over standard input", () => GuardedProcess.Run(
            Console.OpenStandardInput(), Console.OpenStandardOutput(), Parse, () => Environment.Exit(ExitCode.Done)));
        yield return Verb(PilotName, "Estimates what simulations cost whose spec comes over standard input", () => GuardedProcess.Estimate(
            Console.OpenStandardInput(), Console.OpenStandardOutput(), Parse));
    }

    private static Command Verb(string name, string description, Action run)
    {
        var command = new Command(name, description) { Hidden = true };
        command.SetAction(_ =>
        {
            run();
            return ExitCode.Done;
        });
        return command;
    }

    private static Plan Parse(string text, string file) => SpecReader.Parse(text, file).Plan;
}
