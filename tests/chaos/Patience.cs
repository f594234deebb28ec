using System.Globalization;

namespace CalciumSweep.Chaos;

/// <summary>Times that are waited at most. On a machine that has other things to do, in proportion longer.</summary>
internal static class Patience
{
    /// <summary>Runnable threads for each core, as of the last minute; 1 if there are cores to spare.</summary>
    public static double Crowding => Math.Max(
        1, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) / Environment.ProcessorCount);

    public static TimeSpan Of(TimeSpan free) => free * Crowding;
}
