namespace CalciumSweep.Chaos;

/// <summary>A campaign that a nemesis disturbs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spec">What is submitted.</param>
/// <param name="Simulations">How many it has.</param>
/// <param name="Poisoned">How many of them end quarantined whatever happens.</param>
internal sealed record Workload(string Name, string Spec, int Simulations, int Poisoned)
{
    private static readonly string _hazard = Path.Combine(AppContext.BaseDirectory, "hazard.yaml");

    /// <summary>Simulations that sleep for 10 ms: 48 s of a thread.</summary>
    public static Workload Sleep { get; } = new(
        "sleep",
        $$"""
        name: nemesis-sleep
        scenario: {{_hazard}}
        set: { pause: 10 ms }
        axes:
          - { parameter: x, from: 0, to: 29, points: 30 }
          - { parameter: y, from: 0.5, to: 19.5, points: 20 }
        replicates: 8
        seed: 11
        """,
        4800, 0);

    /// <summary>Real simulations of release sites.</summary>
    public static Workload Sites { get; } = new(
        "sites",
        """
        name: nemesis-sites
        scenario: site-line
        axes:
          - { parameter: sites.spacing, from: 1 µm, to: 3 µm, points: 5 }
          - { parameter: release.gain, from: 0.5, to: 2, points: 4, scale: log }
        replicates: 16
        seed: 12
        """,
        320, 0);

    /// <summary>
    /// Simulations that sleep for 80 ms, two that kill their process, two that hang, two that take all memory, two that
    /// observe NaN. None of them is among the pilots of a submission.
    /// </summary>
    public static Workload Poison { get; } = new(
        "poison",
        $$"""
        name: nemesis-poison
        scenario: {{_hazard}}
        set: { pause: 80 ms }
        axes:
          - { parameter: x, values: [0, 1] }
          - { parameter: hazard, values: [{{string.Join(", ", Hazards())}}] }
        seed: 13
        limits: { attempts: 2, wallTime: 3 s }
        """,
        2 * 204, 6);

    /// <summary>A spec of simulations that sleep.</summary>
    public static string Sleeping(string name, double pause, int points, int replicates) => FormattableString.Invariant($$"""
        name: {{name}}
        scenario: {{_hazard}}
        set: { pause: {{pause}} }
        axes:
          - { parameter: x, from: 0, to: 1, points: {{points}} }
        replicates: {{replicates}}
        seed: 14
        """);

    private static IEnumerable<string> Hazards() => Enumerable.Range(0, 204).Select(i => i switch
    {
        50 => "1",
        120 => "2",
        160 => "3",
        203 => "4",
        _ => FormattableString.Invariant($"{i / 1000.0}"), // harmless: it counts from 1 on
    });
}
