using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// The two faces of every command: text for people, one JSON document for programs. Results go to standard output,
/// everything else to standard error. All errors pass through <see cref="Fail(Exception)"/>.
/// </summary>
/// <param name="json">True for programs.</param>
/// <param name="debug">True shows where an unexpected error came from.</param>
public sealed class Faces(bool json, bool debug)
{
    /// <summary>The file the user gave, for errors that have a place in it; null if the command takes none.</summary>
    public string? File { get; init; }

    /// <summary>True if the reader is a program.</summary>
    public bool IsJson => json;

    /// <summary>True if a person sits in front of it: standard error is a terminal and colour is not refused.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Columns of the terminal; 100 for a pipe.</summary>
    public static int Columns => Console.IsOutputRedirected || Console.WindowWidth < 20 ? 100 : Console.WindowWidth;

    /// <summary>UTF-8 everywhere, whatever the locale.</summary>
    public static void UseUtf8() => Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The document of a command, and its text for people.</summary>
    public void Show(object document, Func<string> text)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonForm.Of(document));
        }
        else
        {
            Console.Out.Write(text());
        }
    }

    /// <summary>Writes a document to a file or stream.</summary>
    public static string Serialize(object document) => JsonForm.Of(document) + "\n";

    /// <summary>Something a person wants to know on the way; standard error.</summary>
    public void Note(string line)
    {
        if (!json)
        {
            Console.Error.WriteLine(line);
        }
    }

    /// <summary>Something odd that is not wrong; standard error also with <c>--json</c>.</summary>
    public void Warn(IEnumerable<SpecError> warnings)
    {
        foreach (SpecError warning in warnings)
        {
            Console.Error.WriteLine(Place(warning) + "warning: " + warning.Message + Hint(warning));
        }
    }

    /// <summary>Tells an error, and gives the exit code that belongs to it.</summary>
    public int Fail(Exception exception)
    {
        if (debug)
        {
            Console.Error.WriteLine(exception);
        }

        (int code, IReadOnlyList<SpecError> errors) = Explain(exception);
        return Fail(errors, code);
    }

    /// <summary>Tells errors.</summary>
    public int Fail(IReadOnlyList<SpecError> errors, int code)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonForm.Of(new { errors }));
            return code;
        }

        foreach (SpecError error in errors)
        {
            Console.Error.WriteLine(Place(error) + error.Message + Hint(error));
        }

        if (errors.Count > 1)
        {
            Console.Error.WriteLine($"{errors.Count} problems, nothing started");
        }

        return code;
    }

    /// <summary>The exit code of an exception, and what is told of it.</summary>
    public static (int Code, IReadOnlyList<SpecError> Errors) Explain(Exception exception) => exception switch
    {
        SpecException spec => (ExitCode.BadInput, spec.Errors),
        ServerException server => (server.ExitCode, server.Errors),
        CommandException command => (command.ExitCode, [command.Error]),
        OperationCanceledException => (ExitCode.Interrupted, [Plain("interrupted", "the same command goes on")]),
        UnknownCampaignException unknown => (ExitCode.NotFound, [Plain(unknown.Message, null)]),
        CalciumSweepException own => (ExitCode.BadInput, [Plain(own.Message, null)]),
        IOException or UnauthorizedAccessException => (ExitCode.BadInput, [Plain(exception.Message, null)]),
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => (ExitCode.SomethingFailed,
            [Plain($"{exception.GetType().Name}: {exception.Message}", "--log-level debug shows where; this is a defect")]),
    };

    private static SpecError Plain(string message, string? hint) => new(message, null, null, null, hint);

    private string Place(SpecError error) => (File ?? error.Path, error) switch
    {
        ({ } file, { Line: { } line, Column: { } column }) => $"{file}:{line}:{column}  ",
        ({ } file, { Line: { } line }) => $"{file}:{line}  ",
        ({ } file, _) when !error.Message.Contains(file, StringComparison.Ordinal) => $"{file}  ",
        _ => "",
    };

    private static string Hint(SpecError error) => string.IsNullOrEmpty(error.Hint) ? "" : $" ({error.Hint})";
}
