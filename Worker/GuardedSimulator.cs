using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// A simulator whose lanes are in another process. When that ends, <see cref="Run"/> throws; the feed finds out which
/// simulation was to blame, as with one that throws. One that takes too long ends with its process.
/// </summary>
internal sealed class GuardedSimulator(Plan plan, int width, Func<Process> start) : ISimulator
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<long, Simulation> _inFlight = [];
    private Process? _process;
    private BinaryWriter? _writer;
    private BlockingCollection<(long Index, SimulationResult Result)> _results = [];

    public int Width => width;

    public void Run(ISimulationFeed feed)
    {
        _inFlight.Clear();
        while (!feed.Stopping && Fill(feed))
        {
            if (Next() is { } done)
            {
                if (_inFlight.Remove(done.Index, out Simulation? simulation))
                {
                    feed.Complete(simulation, done.Result);
                }
            }
            else if (_results.IsCompleted && _inFlight.Count > 0)
            {
                string how = How(_process!);
                End();
                throw new SimulationProcessException($"its process ended with {how}");
            }

            Expire(feed);
        }

        if (_inFlight.Count > 0)
        {
            // Told to stop: what is in the lanes is dropped.
            End();
        }
    }

    public void Dispose() => End();

    private bool Fill(ISimulationFeed feed)
    {
        while (_inFlight.Count < width
            && (_inFlight.Count == 0
                ? feed.TryNext(out Simulation next)
                : feed.TryNext(plan.Model.Shape(_inFlight.Values.First().Parameters), out next)))
        {
            _inFlight[next.Index] = next;
            Send(next);
        }

        return _inFlight.Count > 0;
    }

    private (long Index, SimulationResult Result)? Next() => _results.TryTake(out var done, _look) ? done : null;

    // The process knows no way to drop one simulation: it ends, and the others begin anew in another.
    private void Expire(ISimulationFeed feed)
    {
        Simulation[] late = [.. _inFlight.Values.Where(feed.Expired)];
        if (late.Length == 0)
        {
            return;
        }

        End();
        foreach (Simulation simulation in late)
        {
            _inFlight.Remove(simulation.Index);
        }

        foreach (Simulation simulation in _inFlight.Values)
        {
            Send(simulation);
        }
    }

    private void Send(Simulation simulation)
    {
        try
        {
            _writer ??= Begin();
            GuardProtocol.Write(_writer, simulation);
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
        var reader = new BinaryReader(process.StandardOutput.BaseStream, Encoding.UTF8);
        new Thread(() => Read(reader, results)) { IsBackground = true, Name = "guarded results" }.Start();
        var writer = new BinaryWriter(process.StandardInput.BaseStream, Encoding.UTF8);
        writer.Write(plan.Text);
        writer.Write(width);
        writer.Flush();
        return writer;
    }

    private static void Read(BinaryReader reader, BlockingCollection<(long Index, SimulationResult Result)> results)
    {
        try
        {
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
