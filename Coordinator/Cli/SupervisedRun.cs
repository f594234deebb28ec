using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// A command that simulates what a user's own scenario file says, in a process that may end: this one starts it, and starts it
/// again when a signal ended it. What it died with it computes in processes of their own then. Built-in scenarios end no process.
/// </summary>
internal static class SupervisedRun
{
    private const string Variable = "CALCIUMSWEEP_RESTARTS";

    // Each time at least one grain becomes guarded; whoever needs more has another problem.
    private const int MostRestarts = 50;
    private static readonly string? _restarts = Environment.GetEnvironmentVariable(Variable);

    /// <summary>True in a process that another one looks after.</summary>
    public static bool IsOne => _restarts is not null;

    /// <summary>True if an earlier process of the same command was ended by what it simulated.</summary>
    public static bool IsRestarted => IsOne && _restarts != "0";

    /// <summary>True if a plan wants a process of its own.</summary>
    public static bool IsWanted(Plan plan) => !IsOne && OperatingSystem.IsLinux() && ScenarioPath.IsIn(plan.Text);

    /// <summary>Runs the same command line in a process of its own, on the calling thread.</summary>
    /// <returns>Its exit code.</returns>
    public static int Start()
    {
        using var forward = new Forward();
        for (int restarts = 0; ; restarts++)
        {
            int code = forward.Run(Begin(restarts));
            if (code is not (> 128 and < 160) || forward.IsStopping || restarts >= MostRestarts)
            {
                return code;
            }

            Console.Error.WriteLine(
                $"A simulation ended its process with signal {code - 128}: what it had begun is tried again, each grain in a process of its own");
        }
    }

    private static Process Begin(int restarts)
    {
        var start = new ProcessStartInfo(ThisProgram.File, ThisProgram.Arguments(Environment.GetCommandLineArgs().AsSpan(1)))
        {
            UseShellExecute = false,
            Environment = { [Variable] = restarts.ToString(CultureInfo.InvariantCulture) },
        };
        return Process.Start(start)!;
    }

    /// <summary>Signals that only this process got are the other one's too; Ctrl-C on a terminal reaches both.</summary>
    private sealed class Forward : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;
        private volatile Process? _process;

        public Forward() => _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Pass)),
        ];

        public bool IsStopping { get; private set; }

        public int Run(Process process)
        {
            using (process)
            {
                _process = process;
                process.WaitForExit();
                _process = null;
                return process.ExitCode;
            }
        }

        public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

        private void Pass(PosixSignalContext context)
        {
            const int Interrupt = 2, HangUp = 1, Terminate = 15;
            context.Cancel = true;
            IsStopping = true;
            bool isTerminals = !Console.IsInputRedirected && context.Signal is PosixSignal.SIGINT or PosixSignal.SIGHUP;
            if (_process is { } process && !isTerminals)
            {
                ProcessSignals.Send(process.Id, context.Signal switch
                {
                    PosixSignal.SIGINT => Interrupt,
                    PosixSignal.SIGHUP => HangUp,
                    _ => Terminate,
                });
            }
        }
    }
}
