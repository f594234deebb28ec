using System.Diagnostics;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Waits for what comes by itself.</summary>
public static class Within
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1), _interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until it is so.</summary>
    /// <exception cref="TimeoutException">It was not so within a minute.</exception>
    public static async Task AMinuteAsync(Func<Task<bool>> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > _minute)
            {
                throw new TimeoutException("it did not come within a minute");
            }

            await Task.Delay(_interval);
        }
    }
}
