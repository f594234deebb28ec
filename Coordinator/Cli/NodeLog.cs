using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A node's log: a file under the data folder, and the console (standard error) from the chosen level on.</summary>
internal static class NodeLog
{
    private const string Template =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Source} {Message:lj}{NewLine}{Exception}";

    /// <summary>Opens it and makes it the process's log.</summary>
    /// <param name="dataFolder">It is in the folder <c>log</c> there.</param>
    /// <param name="level">Least severe message of the console.</param>
    /// <param name="isJson">One JSON object a line, on the console too.</param>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public static Logger Open(string dataFolder, string level, bool isJson = false)
    {
        ITextFormatter form = isJson ? new RenderedCompactJsonFormatter() : new MessageTemplateTextFormatter(Template, CultureInfo.InvariantCulture);
        LoggerConfiguration log = new LoggerConfiguration()
            .MinimumLevel.Is(level == "debug" ? LogEventLevel.Debug : LogEventLevel.Information)
            .WriteTo.File(
                form, Path.Combine(dataFolder, "log", "calciumsweep-.log"), rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: 50_000_000, retainedFileCountLimit: 7, shared: false);
        if (level != "off")
        {
            if (!Enum.TryParse(level, ignoreCase: true, out LogEventLevel console))
            {
                throw new ArgumentException($"There is no log level '{level}'");
            }

            // Akka warns of every retry of its own start; at the usual level that is for the file only, and for programs.
            log = log.WriteTo.Logger(shown => shown
                .Filter.ByExcluding(said => !isJson && console == LogEventLevel.Warning && said.Level == LogEventLevel.Warning
                    && said.Properties.ContainsKey(SerilogLogger.Source))
                .WriteTo.Console(form, console, standardErrorFromLevel: LogEventLevel.Verbose));
        }

        Logger opened = log.CreateLogger();
        Log.Logger = opened;
        return opened;
    }
}
