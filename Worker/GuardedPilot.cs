using System.Diagnostics;
using System.Text;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// Pilot simulations in a process of their own: one that ends its process, hangs or takes all memory ends no server. When
/// the process does not come to an end, half of the points are tried in another one, then the other half.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments: with them it calls <see cref="GuardedProcess.Estimate"/> on its standard streams.</param>
public sealed class GuardedPilot(string program, params IReadOnlyList<string> arguments)
{
    // To start and to compile, on a machine that has other things to do; and beyond the budget, for who does not look up.
    private static readonly TimeSpan _startTime = TimeSpan.FromSeconds(60), _grace = TimeSpan.FromSeconds(5);

    /// <summary>As <see cref="Pilot.Run(Plan, int, TimeSpan)"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Lanes.</param>
    /// <param name="budget">It stops then, whatever was done.</param>
    public PilotEstimate Run(Plan plan, int width, TimeSpan budget)
    {
        double seconds = budget.TotalSeconds;
        return Try(plan, width, budget, PilotPart.All) ?? Try(plan, width, budget, new(0, 2)) ?? Try(plan, width, budget, new(1, 2))
            ?? new(0, seconds, seconds / width, seconds * 4); // as if not one had been done in time
    }

    private PilotEstimate? Try(Plan plan, int width, TimeSpan budget, PilotPart part)
    {
        using Process process = ProcessGuard.Start(program, arguments);
        using var reader = new BinaryReader(process.StandardOutput.BaseStream, Encoding.UTF8);
        PilotEstimate? estimate = null;
        var answer = new Thread(() => estimate = TryRead(reader)) { IsBackground = true, Name = "pilot's estimate" };
        answer.Start();
        try
        {
            using var writer = new BinaryWriter(process.StandardInput.BaseStream, Encoding.UTF8);
            GuardProtocol.WritePilot(writer, plan, width, budget, part);
            return answer.Join(_startTime + budget + _grace) ? estimate : null;
        }
        catch (IOException)
        {
            return null; // it ended before it had read all
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static PilotEstimate? TryRead(BinaryReader reader)
    {
        try
        {
            return GuardProtocol.ReadEstimate(reader);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null; // its process ended
        }
    }
}
