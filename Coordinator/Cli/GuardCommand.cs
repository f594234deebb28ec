using System.CommandLine;
using System.Reflection;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A hidden verb: this program as the process that a worker guards its simulations with.</summary>
public static class GuardCommand
{
    private const string Name = "guard";

    /// <summary>A guard that starts this program.</summary>
    public static IGuard Guard()
    {
        string program = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return isHosted ? new ProcessGuard(program, Assembly.GetEntryAssembly()!.Location, Name) : new ProcessGuard(program, Name);
    }

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var command = new Command(Name, "Computes simulations that come over standard input") { Hidden = true };
        command.SetAction(_ =>
        {
            GuardedProcess.Run(
                Console.OpenStandardInput(), Console.OpenStandardOutput(), text => SpecReader.Parse(text, "the stored spec").Plan,
                () => Environment.Exit(ExitCode.Done));
            return ExitCode.Done;
        });
        return command;
    }
}
