using Akka.TestKit;

namespace CalciumSweep.Actors.Campaigns;

/// <summary>The time of a test's scheduler.</summary>
internal sealed class VirtualTime(TestScheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.Now.UtcTicks;
}
