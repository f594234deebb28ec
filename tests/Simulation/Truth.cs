using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Simulation;

/// <summary>One campaign as it is in truth: what every simulation comes to, and which ones kill their process.</summary>
internal sealed class Truth
{
    private const int PerGrain = 2;
    private readonly int _salt;

    public Truth(int number, World world)
    {
        Id = new CampaignId($"map-{number:x6}");
        Grains = world.Random.Next(10, 120);
        GrainSeconds = world.Between(0.05, 2);
        Spread = world.Between(1, 6);
        _salt = world.Random.Next();
        Layout = new GrainLayout(Grains, PerGrain, 1, PerGrain);
        Submit = new SubmitCampaign(Id, new(
            $"{number:x6}", $"name: map{number}", Layout, Limits.Default, [], Keep.Simulations));
        Poison = Enumerable.Range(0, world.Circumstances.Poison).Select(_ => (long)world.Random.Next((int)Layout.Simulations)).ToHashSet();
        for (long simulation = 0; simulation < Layout.Simulations; simulation++)
        {
            Digest += Poison.Contains(simulation)
                ? default : ResultDigest.Of(simulation, Of(simulation), null, []);
        }
    }

    public CampaignId Id { get; }

    public int Grains { get; }

    public double GrainSeconds { get; }

    /// <summary>The dearest grain costs so many times the cheapest.</summary>
    public double Spread { get; }

    public GrainLayout Layout { get; }

    public SubmitCampaign Submit { get; }

    /// <summary>Simulations that kill their process.</summary>
    public IReadOnlySet<long> Poison { get; }

    /// <summary>The digest of all results but those of poison.</summary>
    public ResultDigest Digest { get; }

    /// <summary>True if computing it kills the process.</summary>
    public bool Kills(long grain) => Poison.Any(simulation => Layout.GrainOf(simulation) == grain);

    /// <summary>Core seconds of a grain.</summary>
    public double Cost(long grain) => GrainSeconds * (1 + ((Spread - 1) * (Hash(grain) % 1000) / 1000.0));

    /// <summary>What a grain comes to; poison is quarantined.</summary>
    public GrainResult Result(long grain)
    {
        long first = Layout.Range(grain).First;
        Outcome?[] outcomes = [.. Enumerable.Range(0, PerGrain).Select(i => Poison.Contains(first + i) ? (Outcome?)null : Of(first + i))];
        var reasons = Enumerable.Range(0, PerGrain).Where(i => outcomes[i] is null).ToDictionary(i => i, _ => "the process ended");
        return new(grain, outcomes, reasons, [], new long[PerGrain], Cost(grain));
    }

    public GrainCompletion Completion(long grain)
    {
        GrainResult result = Result(grain);
        var counts = new long[Tally.Empty.Counts.Count];
        foreach (Outcome outcome in result.Outcomes.OfType<Outcome>())
        {
            counts[(int)outcome]++;
        }

        return new(grain, new Tally(counts), [.. result.Reasons.Select(r => new QuarantinedSimulation(Layout.Range(grain).First + r.Key, r.Value))]);
    }

    private Outcome Of(long simulation) => (Outcome)(1 + (Hash(simulation) % 4));

    private int Hash(long value) => (int)((((ulong)value + (ulong)(uint)_salt) * 0x9E3779B97F4A7C15UL) >> 40);
}
