using Akka.Event;
using Akka.Remote;
using CalciumSweep.Coordinator.Cli;
using Serilog.Events;
using Xunit;

namespace CalciumSweep.Actors.Node;

public sealed class SerilogLoggerTests
{
    [Fact]
    public void A_node_that_closed_its_connection_first_is_no_error_and_anything_else_is()
    {
        Type type = typeof(RemoteActorRefProvider).Assembly.GetType(SerilogLogger.Disassociated, throwOnError: true)!;
        var closed = (Exception)Activator.CreateInstance(type, "Disassociated")!;
        Assert.Equal(LogEventLevel.Debug, SerilogLogger.LevelOf(Said(closed)));
        Assert.Equal(LogEventLevel.Error, SerilogLogger.LevelOf(Said(new InvalidOperationException("Disassociated"))));
        Assert.Equal(LogEventLevel.Error, SerilogLogger.LevelOf(Said(null)));
    }

    private static Error Said(Exception? cause) => new(cause, "remoting", typeof(SerilogLoggerTests), "Disassociated");
}
