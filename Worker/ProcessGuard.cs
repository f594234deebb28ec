using System.Diagnostics;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>Guards simulations with processes of this program's own: one for each simulator, started when it is first used.</summary>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments: with them it calls <see cref="GuardedProcess.Run"/> on its standard streams.</param>
public sealed class ProcessGuard(string program, params IReadOnlyList<string> arguments) : IGuard
{
    /// <inheritdoc/>
    public ISimulator NewSimulator(Plan plan, int width) => new GuardedSimulator(plan, width, () => Start(program, arguments));

    /// <summary>Starts a program that is spoken to over its standard streams.</summary>
    internal static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new SimulationProcessException($"{program} does not start");
    }
}
