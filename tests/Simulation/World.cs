using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Simulation;

/// <summary>A virtual clock, everything that is still to happen, and a network that loses, doubles and re-orders.</summary>
internal sealed class World
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _coming = new();
    private readonly Dictionary<string, TimeSpan> _frozen = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _cut = [];
    private long _order;

    public World(int seed, Action<string>? trace)
    {
        Trace = trace;
        Random = new Random(seed);
        Circumstances = new Circumstances(Random);
    }

    /// <summary>The only source of chance.</summary>
    public Random Random { get; }

    /// <summary>What kind of world this seed makes.</summary>
    public Circumstances Circumstances { get; }

    /// <summary>Told of everything, for who looks at one seed.</summary>
    public Action<string>? Trace { get; }

    public TimeSpan Now { get; private set; }

    public DateTimeOffset Noon { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public long Events { get; private set; }

    /// <summary>Until then things go wrong; afterwards nothing does.</summary>
    public bool IsHealed { get; private set; }

    /// <summary>Something happens later; a process that is stopped at that moment does it when it goes on.</summary>
    public void After(TimeSpan delay, string process, Action what) => At(Now + delay, process, what);

    public void After(double seconds, string process, Action what) => After(TimeSpan.FromSeconds(seconds), process, what);

    /// <summary>Lets the next thing happen.</summary>
    /// <returns>False if nothing is to come.</returns>
    public bool Step()
    {
        if (!_coming.TryDequeue(out Action? what, out var when))
        {
            return false;
        }

        Now = when.At;
        Events++;
        what();
        return true;
    }

    /// <summary>A number of seconds between two bounds.</summary>
    public double Between(double least, double most) => least + (Random.NextDouble() * (most - least));

    public bool Chance(double probability) => !IsHealed && Random.NextDouble() < probability;

    /// <summary>Sends a message: late, twice or never.</summary>
    public void Send(string from, string to, ICampaignMessage message, Action<ICampaignMessage> deliver)
    {
        int copies = Chance(Circumstances.Loss) ? 0 : Chance(Circumstances.Doubling) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            double delay = IsHealed ? 0.001 : Between(0.0005, Chance(Circumstances.Lateness) ? 8 : 0.02);
            After(delay, Process(to), () =>
            {
                if (IsConnected(from, to))
                {
                    Trace?.Invoke($"{Now.TotalSeconds:0.000} {from} > {to} {message}");
                    deliver(message);
                }
            });
        }
    }

    public bool IsConnected(string a, string b) => !_cut.Contains((Process(a), Process(b)));

    /// <summary>Messages from one process to another are lost from now on.</summary>
    public void Cut(string from, string to) => _cut.Add((from, to));

    public void Mend(string from, string to) => _cut.Remove((from, to));

    public void Tell(string what) => Trace?.Invoke($"{Now.TotalSeconds:0.000} {what}");

    /// <summary>A process stands still for a while, like one that is stopped by a signal.</summary>
    public void Freeze(string process, double seconds)
    {
        Tell($"{process} is frozen for {seconds:0.0} s");
        _frozen[process] = Now + TimeSpan.FromSeconds(seconds);
    }

    /// <summary>From now on nothing goes wrong any more.</summary>
    public void Heal()
    {
        IsHealed = true;
        _cut.Clear();
    }

    /// <summary>The process behind an address <c>process#incarnation</c>.</summary>
    public static string Process(string address) => address.Split('#')[0];

    private void At(TimeSpan at, string process, Action what) => _coming.Enqueue(
        () =>
        {
            if (_frozen.TryGetValue(process, out TimeSpan until) && until > Now)
            {
                At(until, process, what);
            }
            else
            {
                what();
            }
        },
        (at, _order++));
}
