using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// A simulator in another process, one simulation at a time, so that the blame is the right one's. When the process ends,
/// <see cref="Run"/> throws; a simulation that takes too long ends with its process. What it takes to start a process is
/// nobody's time: a simulation is asked for when the process is ready.
/// </summary>
internal sealed class GuardedSimulator(Plan plan, int width, Func<Process> start) : ISimulator
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);
    private Process? _process;
    private BinaryWriter? _writer;
    private BlockingCollection<(long Index, SimulationResult Result)> _results = [];
    private ManualResetEventSlim _ready = new();

    public int Width => width;

    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && IsReady(feed) && feed.TryNext(out Simulation simulation))
        {
            Send(simulation);
            if (Wait(simulation, feed) is { } result)
            {
                feed.Complete(simulation, result);
            }
        }
    }

    public void Dispose() => End();

    private bool IsReady(ISimulationFeed feed)
    {
        _writer ??= Begin();
        while (!_ready.Wait(_look))
        {
            ThrowIfEnded();
            if (feed.Stopping)
            {
                return false;
            }
        }

        ThrowIfEnded();
        return true;
    }

    // Null if it was dropped: the process knows no other way, and ends.
    private SimulationResult? Wait(Simulation simulation, ISimulationFeed feed)
    {
        while (true)
        {
            if (_results.TryTake(out var done, _look))
            {
                return done.Result;
            }

            ThrowIfEnded();
            if (feed.Stopping || feed.Expired(simulation))
            {
                End();
                return null;
            }
        }
    }

    private void ThrowIfEnded()
    {
        if (_results.IsCompleted)
        {
            string how = How(_process!);
            End();
            throw new SimulationProcessException($"its process ended with {how}");
        }
    }

    private void Send(Simulation simulation)
    {
        try
        {
            GuardProtocol.Write(_writer!, simulation);
        }
        catch (IOException)
        {
            // The process has ended: its results end too, and say how.
        }
    }

    private BinaryWriter Begin()
    {
        Process process = _process = start();
        var results = _results = [];
        var ready = _ready = new();
        var reader = new BinaryReader(process.StandardOutput.BaseStream, Encoding.UTF8);
        new Thread(() => Read(reader, results, ready)) { IsBackground = true, Name = "guarded results" }.Start();
        var writer = new BinaryWriter(process.StandardInput.BaseStream, Encoding.UTF8);
        writer.Write(plan.Text);
        writer.Write(plan.File);
        writer.Write(width);
        writer.Flush();
        return writer;
    }

    private static void Read(
        BinaryReader reader, BlockingCollection<(long Index, SimulationResult Result)> results, ManualResetEventSlim ready)
    {
        try
        {
            reader.ReadBoolean();
            ready.Set();
            while (true)
            {
                results.Add(GuardProtocol.ReadResult(reader));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            results.CompleteAdding();
        }
    }

    private static string How(Process process)
    {
        process.WaitForExit();

        // A shell's convention, and the runtime's: 128 and the number of the signal.
        return process.ExitCode > 128 ? $"signal {process.ExitCode - 128}" : $"exit code {process.ExitCode}";
    }

    private void End()
    {
        if (_process is not { } process)
        {
            return;
        }

        (_process, _writer) = (null, null);
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
