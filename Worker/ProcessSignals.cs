using System.Runtime.InteropServices;

namespace CalciumSweep.Worker;

/// <summary>Signals between this process, the one that started it, and those that it starts.</summary>
public static class ProcessSignals
{
    private const int SetParentDeathSignal = 1, SigKill = 9; // linux/prctl.h, signal.h

    /// <summary>
    /// This process ends with the one that started it. The kernel sees to that, whatever a simulation does to this process; elsewhere than on Linux
    /// nobody does. Who counts is the thread that started this process: it has to live as long as it wants this one to.
    /// </summary>
    public static void EndWithParent()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Control(SetParentDeathSignal, SigKill);
        }
    }

    /// <summary>Sends a signal of POSIX; nothing happens if the process is gone.</summary>
    public static void Send(int process, int signal) => _ = Kill(process, signal);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint argument);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
