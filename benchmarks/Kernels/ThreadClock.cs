using System.Runtime.InteropServices;

namespace CalciumSweep.Kernels;

/// <summary>Processor time of the calling thread: what a shared machine takes away for others does not count.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Processor time so far, ms.</summary>
    public static double Milliseconds()
    {
        if (ClockGetTime(ThreadCpuTime, out Timespec t) != 0)
        {
            throw new PlatformNotSupportedException("the processor time of a thread cannot be read here");
        }

        return (1e3 * t.Seconds) + (1e-6 * t.Nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockGetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
