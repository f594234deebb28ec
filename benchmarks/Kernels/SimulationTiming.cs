using System.Diagnostics;
using System.Globalization;
using System.Text;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Kernels;

/// <summary>Times whole simulations of a scenario at its defaults through the same door as a worker thread.</summary>
/// <param name="scenario">Name of a built-in scenario.</param>
/// <param name="width">Lanes.</param>
/// <param name="runs">How often.</param>
/// <param name="perLane">Simulations a lane and run.</param>
/// <param name="tolerance">Tolerance over the usual one; other than 1 for fields along a cable only.</param>
internal sealed class SimulationTiming(string scenario, int width, int runs, int perLane, double tolerance = 1)
{
    private readonly Model _model = tolerance == 1 ? ScenarioLibrary.Load(scenario) : ((FieldModel)ScenarioLibrary.Load(scenario)).At(tolerance);

    /// <summary>Runs on this thread and returns one JSON line with the fields that every peer prints.</summary>
    public string OnOneThread(string name = "C#")
    {
        using ISimulator simulator = _model.NewSimulator(width);
        double[] milliseconds = new double[runs];
        SimulationResult last = Once(simulator, out _);
        for (int i = 0; i < runs; i++)
        {
            last = Once(simulator, out milliseconds[i]);
        }

        return Line(name, last, milliseconds);
    }

    /// <summary>Simulations per second of wall-clock time on so many threads, the best of all runs.</summary>
    public double Throughput(int threads)
    {
        double best = 0;
        for (int run = 0; run <= runs; run++)
        {
            using var start = new Barrier(threads + 1);
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                using ISimulator simulator = _model.NewSimulator(width);
                Once(simulator, out double _);
                start.SignalAndWait();
                Once(simulator, out double _);
                start.SignalAndWait();
            })).ToArray();
            Array.ForEach(workers, w => w.Start());
            start.SignalAndWait();
            long begin = Stopwatch.GetTimestamp();
            start.SignalAndWait();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            Array.ForEach(workers, w => w.Join());
            best = Math.Max(best, threads * width * perLane / seconds);
        }

        return best;
    }

    private SimulationResult Once(ISimulator simulator, out double milliseconds)
    {
        int count = width * perLane;
        var feed = new RepeatFeed(_model, _model.Defaults(), count);
        double begin = ThreadClock.Milliseconds();
        simulator.Run(feed);
        milliseconds = (ThreadClock.Milliseconds() - begin) / count;
        return feed.Completed == count
            ? feed.Last
            : throw new InvalidOperationException($"{scenario}: {feed.Completed} of {count} simulations came back");
    }

    private string Line(string name, in SimulationResult result, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        var text = new StringBuilder();
        void Add(string name, double value, string format = "R") => text.Append(
            CultureInfo.InvariantCulture, $",\"{name}\":{(double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "null")}");
        text.Append(CultureInfo.InvariantCulture, $"{{\"name\":\"{name}\",\"setting\":\"{scenario}, {width} lanes{(tolerance == 1 ? "" : $", tolerance × {tolerance}")}\",\"outcome\":\"{result.Outcome}\"");
        if (string.Equals(scenario, "w1d", StringComparison.Ordinal))
        {
            AddYardstick(result, Add);
        }

        Add("steps", result.Steps);
        Add("milliseconds", milliseconds[milliseconds.Length / 2]);
        Add("minimum", milliseconds[0]);
        Add("runs", milliseconds.Length);
        return text.Append('}').ToString();
    }

    private void AddYardstick(in SimulationResult result, Action<string, double, string> add)
    {
        double[] values = result.Observables;
        double Value(string observable) =>
            values[_model.Observables.Select((o, i) => (o.Name, i)).Single(o => string.Equals(o.Name, observable, StringComparison.Ordinal)).i];
        (string Name, string Observable, double Exact)[] known =
        [
            ("speed", "waveSpeed", W1dReference.Speed), ("t25", "arrival25", W1dReference.T25),
            ("t50", "arrival50", W1dReference.T50), ("t75", "arrival75", W1dReference.T75),
        ];
        foreach (var (name, observable, exact) in known)
        {
            add(name, Value(observable), "R");
            add(name + "Error", (Value(observable) / exact) - 1, "E3");
        }
    }
}
