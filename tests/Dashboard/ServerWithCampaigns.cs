using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>A server with a done campaign of stochastic waves, one that fails in places, one that is not done for long, and a browser.</summary>
public sealed class ServerWithCampaigns : IAsyncLifetime
{
    public Server Server { get; } = new("--workers", "2");

    public Browser Browser { get; } = new();

    /// <summary>Done: 13 × 9 points of site-line, 4 replicates, and a third axis of two values.</summary>
    public string Waves { get; private set; } = "";

    /// <summary>The same with another seed.</summary>
    public string OtherWaves { get; private set; } = "";

    /// <summary>Takes minutes.</summary>
    public string Long { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        (Waves, OtherWaves) = (await Server.SubmitAsync(WavesSpec(1)), await Server.SubmitAsync(WavesSpec(2)));
        await Server.WaitAsync(Waves);
        await Server.WaitAsync(OtherWaves);
        Long = await Server.SubmitAsync(Server.Spec("long", 60, 0.2, 8));
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        Server.Dispose();
    }

    private static string WavesSpec(int seed) => $$"""
        name: waves-{{seed}}
        scenario: site-line
        set: { mesh.dx: 0.4 µm, sites.count: 12 }
        axes:
          - { parameter: sites.spacing, from: 0.8 µm, to: 3.8 µm, points: 13 }
          - { parameter: release.gain, from: 0.25, to: 4, points: 9, scale: log }
          - { parameter: buffer.stationary.total, values: [0, 100] }
        replicates: 4
        seed: {{seed}}
        """;
}
