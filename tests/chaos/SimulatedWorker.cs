using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Worker;

namespace CalciumSweep.Chaos;

/// <summary>A worker that speaks the real protocol and computes nothing: each slot takes a second for a grain.</summary>
internal sealed class SimulatedWorker : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan _grainTime = TimeSpan.FromSeconds(1), _look = TimeSpan.FromMilliseconds(250), _tick = TimeSpan.FromMilliseconds(500);
    private static readonly Tally _one = new([0, 1]);
    private readonly WorkerProtocol _protocol;
    private readonly IActorRef _campaigns;
    private readonly ConcurrentDictionary<int, long> _done;
    private readonly int _number, _slots;
    private readonly List<(HeldGrains Held, long Grain, TimeSpan End)> _busy = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _acknowledged;

    public SimulatedWorker(int number, int slots, IActorRef campaigns, IActorRef mediator, ConcurrentDictionary<int, long> done)
    {
        (_number, _slots, _campaigns, _done) = (number, slots, campaigns, done);
        _protocol = new WorkerProtocol(new WorkerId($"simulated-{number}"), new WorkerSettings(slots, 1));
        mediator.Tell(new Subscribe(CampaignActor.Topic, Self));
        Receive<SubscribeAck>(_ => { });
        Receive<CampaignSpec>(spec => Say(_protocol.Open(spec, Now)));
        Receive<ICampaignReply>(reply =>
        {
            if (reply is GrainsAcknowledged acknowledged)
            {
                _acknowledged += acknowledged.Grains.Count;
                _done[_number] = _acknowledged;
            }

            Say(_protocol.Hear(reply, Now));
            Fill();
        });
        Receive<Look>(_ => OnLook());
        Receive<Tick>(_ => Say(_protocol.Tick(Now)));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <summary>How to make one; <paramref name="done"/> counts what was acknowledged.</summary>
    public static Props For(int number, int slots, IActorRef campaigns, IActorRef mediator, ConcurrentDictionary<int, long> done) =>
        Props.Create(() => new SimulatedWorker(number, slots, campaigns, mediator, done));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        // Not all at the same moment.
        TimeSpan first = TimeSpan.FromMilliseconds(_number % 500);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, first, _look);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, first, _tick);
        base.PreStart();
    }

    private void OnLook()
    {
        TimeSpan now = Now;
        var ended = new List<TimeSpan>();
        for (int i = _busy.Count - 1; i >= 0; i--)
        {
            (HeldGrains held, long grain, TimeSpan end) = _busy[i];
            if (end <= now)
            {
                held.Stored(new GrainCompletion(grain, _one, []), _grainTime.TotalSeconds);

                _busy.RemoveAt(i);
                ended.Add(end);
            }
        }

        foreach (TimeSpan end in ended)
        {
            // The next one begins when this one ended, not when somebody looked.
            Begin(end);
        }

        Fill();
        if (ended.Count > 0)
        {
            Say(_protocol.Wake(now));
        }
    }

    private void Fill()
    {
        while (_busy.Count < _slots && Begin(Now))
        {
        }
    }

    private bool Begin(TimeSpan at)
    {
        foreach (HeldGrains held in _protocol.Campaigns)
        {
            if (held.Take(guarded: false, null) is { } grain)
            {
                _busy.Add((held, grain, at + _grainTime));
                return true;
            }
        }

        return false;
    }

    private void Say(IReadOnlyList<ICampaignMessage> said)
    {
        foreach (ICampaignMessage message in said)
        {
            _campaigns.Tell(message);
        }
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
