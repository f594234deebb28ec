using Akka.Actor.Setup;
using Akka.Configuration;

namespace CalciumSweep.Store;

/// <summary>
/// What makes a database the journal and snapshot store of an actor system. Dispose it after the system has ended.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly Action _release;

    internal Journal(Config hocon, Setup setup, Action release) => (Hocon, Setup, _release) = (hocon, setup, release);

    /// <summary>Goes before the system's other fallbacks.</summary>
    public Config Hocon { get; }

    /// <summary>Goes into the system's bootstrap.</summary>
    public Setup Setup { get; }

    /// <summary>Closes the connections that wait for their next use.</summary>
    public void Dispose() => _release();
}
