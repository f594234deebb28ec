using System.Text.Json;
using System.Text.Json.Serialization;
using CalciumSweep.GridBenchmark;
using CalciumSweep.Solver.Lanes;

// dotnet run -c Release --project benchmarks/Grid -- [all | sheet | adi | sites | cell] [--json FILE] [--slice s] [--threads n]
// [--scenario name] [--replicates n] [parameter=value]…; prints a table and writes JSON.
string part = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "all";
string file = args.SkipWhile(a => a != "--json").Skip(1).FirstOrDefault() ?? "grid-benchmark.json";
string[] scenarios = ["site-plane", "site-volume"];
var results = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
if (part is "all" or "sheet")
{
    results["sheet"] = LaneWidth.Best == 8 ? SheetBenchmark.Run<Lane8>() : SheetBenchmark.Run<Lane4>();
}

if (part is "all" or "adi")
{
    results["adi"] = LaneWidth.Best == 8 ? AdiBenchmark.Run<Lane8>() : AdiBenchmark.Run<Lane4>();
}

if (part is "all" or "sites")
{
    var set = args.Where(a => a.Contains('=')).Select(a => (a.Split('=')[0], double.Parse(a.Split('=')[1]))).ToArray();
    int n = int.Parse(args.SkipWhile(a => a != "--replicates").Skip(1).FirstOrDefault() ?? "3");
    string only = args.SkipWhile(a => a != "--scenario").Skip(1).FirstOrDefault() ?? "";
    foreach (string scenario in scenarios.Where(s => only is "" || only == s))
    {
        results[scenario] = SitesBenchmark.Run(scenario, n, set);
    }
}

if (part is "all" or "cell")
{
    double slice = double.Parse(args.SkipWhile(a => a != "--slice").Skip(1).FirstOrDefault() ?? "0.05");
    int threads = int.Parse(args.SkipWhile(a => a != "--threads").Skip(1).FirstOrDefault() ?? "2");
    results["cell"] = LaneWidth.Best == 8 ? CellBenchmark.Run<Lane8>(slice, threads, (20, 10, 100)) : CellBenchmark.Run<Lane4>(slice, threads, (20, 10, 100));
}

foreach (var (name, values) in results)
{
    Console.WriteLine(name);
    foreach (var (what, value) in values)
    {
        Console.WriteLine($"  {what,-60} {value,12:g5}");
    }
}

var options = new JsonSerializerOptions { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
File.WriteAllText(file, JsonSerializer.Serialize(results, options));
