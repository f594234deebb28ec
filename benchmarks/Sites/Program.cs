// Speed:     dotnet run -c Release --project benchmarks/Sites -- [speed] [--replicates 8] [--rounds 5] [--json FILE]
// Accuracy:  dotnet run -c Release --project benchmarks/Sites -- points|boundaries [--replicates 1000] [--dx 0.4]
using CalciumSweep.Benchmarks.Sites;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

string verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "speed";
Model model = ScenarioLibrary.Load("site-line");
switch (verb)
{
    case "speed":
        SpeedBenchmark.Run(model, int.Parse(Option("replicates", "8")), int.Parse(Option("rounds", "5")), Option("json", null!));
        return 0;
    case "points":
        Accuracy().Points();
        return 0;
    case "boundaries":
        Accuracy().Boundaries();
        return 0;
    default:
        Console.Error.WriteLine($"unknown: {verb}; there are speed, points, boundaries");
        return 2;
}

AccuracyReport Accuracy() => new(
    model, int.Parse(Option("replicates", "1000")), double.Parse(Option("dx", "0.4")), Environment.ProcessorCount);

string Option(string name, string otherwise)
{
    int at = Array.IndexOf(args, "--" + name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}
