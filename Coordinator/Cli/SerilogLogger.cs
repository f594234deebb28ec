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

    /// <summary>An exception that Akka logs as an error.</summary>
    internal const string Disassociated = "Akka.Remote.EndpointDisassociatedException";

    /// <summary>Made by Akka, by name.</summary>
    public SerilogLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    // The text is complete: it goes in as a value, so that braces in it are no template.
    internal static void Write(LogEvent said) =>
        Log.ForContext(Source, said.LogSource).Write(LevelOf(said), said.Cause, "{Text:l}", said.Message.ToString());

    internal static LogEventLevel LevelOf(LogEvent said) => said switch
    {
        // The other node closed the connection first, as one does that leaves in good order. A warning names the node, and
        // whether a member is missed is for the cluster to say. Akka's type is internal.
        Error { Cause: { } cause } when cause.GetType().FullName == Disassociated => LogEventLevel.Debug,
        Error => LogEventLevel.Error,
        Warning => LogEventLevel.Warning,
        Info => LogEventLevel.Information,
        _ => LogEventLevel.Debug,
    };
}
