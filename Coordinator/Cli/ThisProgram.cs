namespace CalciumSweep.Coordinator.Cli;

/// <summary>This program, to be started once more: by itself, or by the dotnet that runs it.</summary>
internal static class ThisProgram
{
    /// <summary>What to start.</summary>
    public static string File { get; } = Environment.ProcessPath!;

    /// <summary>Its arguments for a command line.</summary>
    /// <param name="line">The command line, without the program.</param>
    public static string[] Arguments(params ReadOnlySpan<string> line) =>
        Path.GetFileNameWithoutExtension(File) == "dotnet" ? [typeof(ThisProgram).Assembly.Location, .. line] : [.. line];
}
