using System.Diagnostics;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Cable;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Benchmarks.Sites;

Model model = ScenarioLibrary.Load("site-line");
if (args.Length > 0 && args[0] == "points") { Accuracy.Points(model, int.Parse(args[1]), double.Parse(args[2]), args.Length > 3 ? ulong.Parse(args[3]) : 1, args.Length > 4 ? int.Parse(args[4]) : 0, args.Length > 5 ? int.Parse(args[5]) : 99); return; }
if (args.Length > 0 && args[0] == "bounds") { Accuracy.Boundaries(model, int.Parse(args[1]), double.Parse(args[2])); return; }
int width = args.Length > 0 ? int.Parse(args[0]) : LaneWidth.Best;
int reps = args.Length > 1 ? int.Parse(args[1]) : 8;
for (int round = 0; round < 6; round++)
{
    var feed = new GridFeed(model, reps);
    using ISimulator simulator = model.NewSimulator(width);
    TimeSpan cpu0 = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    simulator.Run(feed);
    double wall = Stopwatch.GetElapsedTime(start).TotalSeconds, seconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu0).TotalSeconds;
    CableWork w = ((IWorkReport)simulator).Work;
    int n = feed.Done;
    Console.WriteLine($"{n} sims, {seconds * 1e3 / n:f3} ms/sim; steps {feed.Steps / (double)n:f0}, tried {w.BusyLaneSteps / (double)n:f0}, rejected {w.Rejected / (double)n:f0}, cellsteps {w.CellSteps / (double)n:f0}, busy {w.BusyLaneSteps / (double)w.LaneSteps:f3}");
  Console.WriteLine("  " + string.Join(" ", feed.Outcomes.OrderBy(o => o.Key).Select(o => $"{o.Key}:{o.Value}")));
}
