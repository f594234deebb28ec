using System.Diagnostics;
using System.Text.Json;
using CalciumSweep.Solver.Cable;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>
/// Cost of the default grid (examples/wave-map.yaml: spacing 0.5–4 µm × gain 0.25–4, dx ≤ 0.4 µm), every fourth point a
/// side, on one core. Processor time, not wall-clock time: other work on the machine disturbs it less.
/// </summary>
internal static class SpeedBenchmark
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Prints the table and writes it as JSON.</summary>
    public static void Run(Model model, int replicates, int rounds, string? file)
    {
        Console.WriteLine($"site-line, {17 * 9} points x {replicates} replicates, one core, least of {rounds} rounds");
        Console.WriteLine("width  core ms/sim  steps  rejected  cells  Mcell-steps/s  lanes busy  outcomes");
        var all = new List<SpeedFigures>();
        foreach (int width in LaneWidth.All)
        {
            SpeedFigures f = Measure(model, width, replicates, width == LaneWidth.Best ? rounds : Math.Min(rounds, 2));
            all.Add(f);
            Console.WriteLine(
                $"{f.Width,5}  {f.CoreMilliseconds,11:f3}  {f.Steps,5:f0}  {f.Rejected,8:f1}  {f.Cells,5:f0}"
                + $"  {f.CellStepsPerSecond / 1e6,13:f0}  {f.LanesBusy,10:f3}  "
                + string.Join(", ", f.Outcomes.Select(o => $"{o.Key} {o.Value}")));
        }

        if (file is not null)
        {
            var report = new { scenario = "site-line", replicates, processors = Environment.ProcessorCount, bestWidth = LaneWidth.Best, widths = all };
            File.WriteAllText(file, JsonSerializer.Serialize(report, _json));
        }
    }

    private static SpeedFigures Measure(Model model, int width, int replicates, int rounds)
    {
        SpeedFigures? best = null;
        for (int round = 0; round <= rounds; round++)
        {
            SimulationPool pool = Grid(model, replicates);
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            CableWork work = pool.Run(threads: 1, width)[0];
            process.Refresh();
            SpeedFigures figures = Figures(width, pool.Results, work, (process.TotalProcessorTime - before).TotalSeconds);
            if (round > 0 && (best is null || figures.CoreMilliseconds < best.CoreMilliseconds)) // the first round compiles
            {
                best = figures;
            }
        }

        return best!;
    }

    private static SimulationPool Grid(Model model, int replicates)
    {
        var pool = new SimulationPool(model);
        for (int i = 0; i < 65; i += 4)
        {
            for (int g = 0; g < 33; g += 4)
            {
                pool.Add(
                    replicates, seed: 1, ("mesh.dx", 0.4), ("sites.spacing", 0.5 + (3.5 * i / 64)),
                    ("release.gain", 0.25 * Math.Pow(16, g / 32.0)));
            }
        }

        return pool;
    }

    private static SpeedFigures Figures(int width, IReadOnlyList<SimulationResult> results, CableWork work, double seconds)
    {
        double n = results.Count;
        var outcomes = results.GroupBy(r => r.Outcome).OrderBy(g => g.Key)
            .ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count(), StringComparer.Ordinal);
        return new SpeedFigures(
            width, 1e3 * seconds / n, results.Sum(r => r.Steps) / n, work.Rejected / n,
            work.CellSteps / (double)work.BusyLaneSteps, work.CellSteps / seconds, work.BusyLaneSteps / (double)work.LaneSteps, outcomes);
    }
}
