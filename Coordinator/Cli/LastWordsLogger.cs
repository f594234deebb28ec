using Akka.Event;
using LogEvent = Akka.Event.LogEvent;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// What Akka says before its loggers start and after they stop: to the log, never to standard output, which belongs to
/// the command's own answer.
/// </summary>
#pragma warning disable MA0097 // actor references compare; nobody compares loggers
public sealed class LastWordsLogger : MinimalLogger
#pragma warning restore MA0097
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is LogEvent said)
        {
            SerilogLogger.Write(said);
        }
        else
        {
            Serilog.Log.Debug("{Text:l}", message.ToString());
        }
    }
}
