using System.Text.Json;
using CalciumSweep.GridBenchmark;
using CalciumSweep.Solver.Lanes;

string part = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "all";
string file = args.SkipWhile(a => a != "--json").Skip(1).FirstOrDefault() ?? "grid-benchmark.json";
var results = new Dictionary<string, Dictionary<string, double>>();
if (part is "all" or "sheet")
{
    results["sheet"] = LaneWidth.Best == 8 ? SheetBenchmark.Run<Lane8>() : SheetBenchmark.Run<Lane4>();
}

foreach (var (name, values) in results)
{
    Console.WriteLine(name);
    foreach (var (what, value) in values)
    {
        Console.WriteLine($"  {what,-60} {value,12:g5}");
    }
}

File.WriteAllText(file, JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
