using System.Diagnostics;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>Whole simulations of site-plane and site-volume at their defaults: seconds each.</summary>
internal static class SitesBenchmark
{
    /// <summary>Runs some replicates of a scenario.</summary>
    public static Dictionary<string, double> Run(string scenario, int replicates, params (string Name, double Value)[] set)
    {
        Model model = ScenarioLibrary.Load(scenario);
        double[] v = model.Defaults();
        foreach (var (name, value) in set)
        {
            v[model.IndexOf(name)] = value;
        }

        var feed = new ReplicateFeed(v, model.StreamKey(v, 1), replicates);
        using ISimulator simulator = model.NewSimulator(LaneWidth.Best);
        long start = Stopwatch.GetTimestamp();
        simulator.Run(feed);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var r = feed.Results;
        double Mean(string name) => r.Select(x => x.Observables[model.Observables.ToList().FindIndex(o => o.Name == name)]).Where(x => !double.IsNaN(x)).DefaultIfEmpty(double.NaN).Average();
        var result = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["seconds a simulation"] = seconds / replicates,
            ["seconds, shortest"] = feed.Seconds.Min(),
            ["steps"] = r.Average(x => x.Steps),
            ["P(wave)"] = r.Count(x => x.Outcome == Outcome.Wave) / (double)replicates,
        };
        foreach (string name in model.Observables.Select(o => o.Name))
        {
            result[name] = Mean(name);
        }

        return result;
    }
}
