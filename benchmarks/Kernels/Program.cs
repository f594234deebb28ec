using System.Globalization;
using BenchmarkDotNet.Running;
using CalciumSweep.Kernels;

// kernels time SCENARIO [--width n] [--runs n] [--per-lane n]     one JSON line: processor time per simulation
// kernels scale SCENARIO [--width n] [--runs n] [--per-lane n]    one JSON line: simulations per second on 1, 2, … cores
// kernels loops SCENARIO [--width n]                              a JSON line for every hot loop of the solver
// kernels compose [SCENARIO] [--width 4|8] [--runs n]                      a JSON line a scenario: composed passes over passes by hand, whole simulations
// kernels curve [--width n] [--runs n]                            a JSON line a tolerance: error and time of w1d
// kernels plot LINES FILE.png                                     such lines, and those of the peers, as a picture
// kernels bench [--filter pattern …]                              BenchmarkDotNet
int Option(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}

string verb = args.Length > 0 ? args[0] : "bench";
if (verb is "bench")
{
    BenchmarkSwitcher.FromAssembly(typeof(MechanismBenchmarks).Assembly).Run(args.Length > 1 ? args[1..] : ["--filter", "*"]);
    return 0;
}

int width = Option("--width", 8);
if (verb is "compose")
{
    foreach (string name in ComposingCost.Scenarios.Where(s => args.Length < 2 || args[1].StartsWith('-') || s == args[1]))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"name\":\"ratio\",\"setting\":\"composed over by hand, {name}, {width} lanes\",\"ratio\":{ComposingCost.At(name, width, Option("--runs", 12)):F3},\"bound\":{ComposingCost.Bound}}}"));
    }

    return 0;
}

if (verb is "curve")
{
    foreach (double tolerance in WorkPrecision.Tolerances)
    {
        Console.WriteLine(new SimulationTiming("w1d", width, Option("--runs", 5), 1, tolerance).OnOneThread("C#, work-precision"));
    }

    return 0;
}

string scenario = args[1];
if (verb is "plot")
{
    WorkPrecision.Draw(File.ReadLines(scenario).Where(l => l.Contains("speedError", StringComparison.Ordinal)), args[2]);
    return 0;
}

if (verb is "loops")
{
    foreach (HotLoop loop in HotLoops.Of(scenario, width))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"method\":\"{loop.Method}\",\"instructions\":{loop.Instructions},\"vector\":{loop.Vector},\"spills\":{loop.Spills},\"scalar\":{loop.Scalar},\"calls\":{loop.Calls}}}"));
    }

    return 0;
}

var timing = new SimulationTiming(scenario, width, Option("--runs", 9), Option("--per-lane", 1));
if (verb is "scale")
{
    double one = timing.Throughput(1), all = timing.Throughput(Environment.ProcessorCount);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{{\"name\":\"C# scaling\",\"setting\":\"{scenario}, {width} lanes\",\"one\":{one:F2},\"cores\":{Environment.ProcessorCount},\"all\":{all:F2},\"ratio\":{all / one:F3}}}"));
    return 0;
}

Console.WriteLine(timing.OnOneThread());
return 0;
