using System.CommandLine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>up</c>: a node that stays, and simulates what is submitted to it.</summary>
public static class UpCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var node = new NodeOptions(isServer: true);
        var command = new Command("up", "A server: simulates what is submitted to it, until it is stopped");
        node.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            if (node.DashboardOf(parsed) is var (http, server, publicUrl))
            {
                await new ServingDashboard(FrontDoor.Face(parsed), http, server, publicUrl).RunAsync(stop.Token).ConfigureAwait(false);
                return ExitCode.Done;
            }

            await new ServingNode(FrontDoor.Face(parsed), node.Settings(parsed)).RunAsync(stop.Token).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
