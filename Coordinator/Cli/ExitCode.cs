namespace CalciumSweep.Coordinator.Cli;

/// <summary>What the process tells its caller (contract §1).</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It ran, but something failed or is quarantined.</summary>
    public const int SomethingFailed = 1;

    /// <summary>Bad input.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted; the same command goes on.</summary>
    public const int Interrupted = 3;

    /// <summary>Not found.</summary>
    public const int NotFound = 4;
}
