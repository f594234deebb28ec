using System.CommandLine;
using System.Globalization;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The options every command takes. A flag wins over CALCIUMSWEEP_…, which wins over calciumsweep.json.</summary>
public static class CommonOptions
{
    private static readonly Lazy<Dictionary<string, string>> _file = new(SettingsFile.Read);

    /// <summary>One JSON document on standard output.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Recursive = true, Description = "One JSON document on standard output, nothing else there" };

    /// <summary>Folder of results.</summary>
    public static Option<string> Data { get; } = new("--data")
    {
        Recursive = true,
        Description = "Folder of results",
        HelpName = "DIR",
        DefaultValueFactory = _ => Setting("data") ?? "./sweep-data",
    };

    /// <summary>The program's version.</summary>
    public static Option<bool> Version { get; } = new("--version") { Recursive = true, Description = "Show the version" };

    /// <summary>Least severe message that is logged.</summary>
    public static Option<string> LogLevel { get; } = NewLogLevel();

    /// <summary>How the log looks: <c>text</c> or <c>json</c>.</summary>
    public static Option<string> LogFormat { get; } = NewLogFormat();

    /// <summary>Answers every question with yes.</summary>
    public static Option<bool> Yes { get; } = new("--yes", "-y") { Recursive = true, Description = "Answer every question with yes" };

    /// <summary>Where colour and animation are wanted, they go by the terminal; this is for programs.</summary>
    public static IReadOnlyList<Option> All => [Json, Data, Version, LogLevel, LogFormat, Yes];

    /// <summary>A setting from the environment or from calciumsweep.json; null if neither has it.</summary>
    /// <param name="name">Name of the flag without dashes, e.g. <c>workers</c>.</param>
    public static string? Setting(string name)
    {
        string? value = Environment.GetEnvironmentVariable(Variable(name));
        return !string.IsNullOrEmpty(value) ? value : _file.Value.GetValueOrDefault(name);
    }

    /// <summary>As <see cref="Setting"/>, or what the file holds that the variable with <c>_FILE</c> at its end names.</summary>
    /// <param name="name">Name of the flag without dashes, e.g. <c>token</c>.</param>
    /// <exception cref="CommandException">The file cannot be read, or is empty.</exception>
    public static string? Secret(string name) => FileOf(name) ?? Setting(name);

    // What the file holds that the variable names; null if none is named.
    private static string? FileOf(string name)
    {
        string variable = $"{Variable(name)}_FILE";
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } file)
        {
            return null;
        }

        try
        {
            string text = File.ReadAllText(file).Trim();
            return text.Length > 0 ? text : throw new CommandException($"{variable}: '{file}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{variable}: '{file}' cannot be read: {e.Message}");
        }
    }

    /// <summary>As <see cref="Secret"/>, but from the environment alone.</summary>
    /// <exception cref="CommandException">The file that it names cannot be read, or is empty.</exception>
    public static string? SecretOfEnvironment(string name) => FileOf(name) ?? Environment.GetEnvironmentVariable(Variable(name)) switch
    {
        { Length: > 0 } text => text,
        _ => null,
    };

    /// <summary>A yes or no from the environment or from calciumsweep.json.</summary>
    /// <exception cref="CommandException">It is neither.</exception>
    public static bool IsSet(string name) => Setting(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" or "no" => false,
        "true" or "1" or "yes" => true,
        { } text => throw new CommandException($"the setting '{name}' is true or false, not '{text}'"),
    };

    /// <summary>A whole number from the environment or from calciumsweep.json.</summary>
    /// <exception cref="CommandException">It is no whole number.</exception>
    public static int Number(string name, int otherwise)
    {
        string? text = Setting(name);
        return text is null ? otherwise
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value
            : throw new CommandException($"the setting '{name}' is a whole number, not '{text}'");
    }

    private static string Variable(string name) => "CALCIUMSWEEP_" + name.ToUpperInvariant().Replace('-', '_');

    private static Option<string> NewLogLevel()
    {
        var option = new Option<string>("--log-level")
        {
            Recursive = true,
            Description = "debug, information, warning or error",
            DefaultValueFactory = _ => Setting("log-level") ?? "warning",
        };
        option.AcceptOnlyFromAmong("debug", "information", "warning", "error");
        return option;
    }

    private static Option<string> NewLogFormat()
    {
        var option = new Option<string>("--log-format")
        {
            Recursive = true,
            Description = "Log as text, or as json with one object a line",
            DefaultValueFactory = _ => Setting("log-format") ?? "text",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
