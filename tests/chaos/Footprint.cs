using System.Globalization;

namespace CalciumSweep.Chaos;

/// <summary>What a process holds.</summary>
/// <param name="Files">Open files and sockets.</param>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="Threads">Threads.</param>
internal sealed record Footprint(int Files, double Megabytes, int Threads)
{
    public static Footprint Of(Node node) => OfProcess(node.ProcessId);

    public static Footprint OfProcess(int process)
    {
        try
        {
            string[] status = File.ReadAllLines($"/proc/{process}/status");
            return new(Directory.GetFiles($"/proc/{process}/fd").Length, Number(status, "VmRSS:") / 1024, (int)Number(status, "Threads:"));
        }
        catch (IOException)
        {
            return new(0, 0, 0); // it has ended
        }
    }

    private static double Number(string[] status, string name) => double.Parse(
        status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
