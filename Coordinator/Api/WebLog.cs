using Microsoft.Extensions.Logging;
using Serilog.Events;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What the web server says, to the node's log.</summary>
internal sealed class WebLog : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Voice(categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The node's log belongs to the node.
    }

    private sealed class Voice(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                // The text is complete: it goes in as a value, so that braces in it are no template.
                LogEventLevel level = logLevel == LogLevel.Warning ? LogEventLevel.Warning : LogEventLevel.Error;
                Serilog.Log.ForContext("Source", category).Write(level, exception, "{Text:l}", formatter(state, exception));
            }
        }
    }
}
