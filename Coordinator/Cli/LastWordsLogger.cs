using Akka.Event;
using LogEvent = Akka.Event.LogEvent;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// What Akka says before its loggers start and after they stop: to the log, never to standard output, which belongs to
/// the command's own answer.
/// </summary>
public sealed class LastWordsLogger : MinimalLogger
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
