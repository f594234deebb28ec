using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Serilog;
using Serilog.Events;
using LogEvent = Akka.Event.LogEvent;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Akka's log events to Serilog. Of our own, because the ILogger factory scrambles positional arguments.</summary>
public sealed class SerilogLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>Property that names the actor that spoke.</summary>
    internal const string Source = "Source";

    /// <summary>Made by Akka, by name.</summary>
    public SerilogLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    internal static void Write(LogEvent said)
    {
        LogEventLevel level = said switch
        {
            Error => LogEventLevel.Error,
            Warning => LogEventLevel.Warning,
            Info => LogEventLevel.Information,
            _ => LogEventLevel.Debug,
        };

        // The text is complete: it goes in as a value, so that braces in it are no template.
        Log.ForContext(Source, said.LogSource).Write(level, said.Cause, "{Text:l}", said.Message.ToString());
    }
}
