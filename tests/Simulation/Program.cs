using System.Diagnostics;
using CalciumSweep.Simulation;

// dotnet run -c Release --project tests/Simulation -- --seeds N --from S: seeds S … S + N − 1 on all cores; exit 1 if one fails.
// --trace writes every message and fault.
int seeds = Number("--seeds", 1000), from = Number("--from", 0), failed = 0;
long events = 0, repeated = 0, fenced = 0;
double virtualSeconds = 0;
long start = Stopwatch.GetTimestamp();
object gate = new();
Parallel.For(from, from + seeds, seed =>
{
    try
    {
        Outline run = Run.Of(seed, args.Contains("--trace") ? Console.WriteLine : null);
        lock (gate)
        {
            events += run.Events;
            repeated += run.Repeated;
            fenced += run.Fenced;
            virtualSeconds += run.Seconds;
        }
    }
    catch (ViolationException e)
    {
        Interlocked.Increment(ref failed);
        lock (gate)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
});
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
Console.WriteLine(
    $"{seeds} seeds, {failed} failed, {events} events, {virtualSeconds / 3600:0.0} h of virtual time in {seconds:0.0} s; "
    + $"{repeated} grains repeated, {fenced} writes fenced");
return failed == 0 ? 0 : 1;

int Number(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], out int given) ? given : otherwise;
}
