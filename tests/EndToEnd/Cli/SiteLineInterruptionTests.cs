using System.Diagnostics;
using System.Text.Json;
using CalciumSweep.Store;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>Real stochastic simulations, killed in their midst again and again: the same bits as of a run that nobody disturbed.</summary>
public sealed class SiteLineInterruptionTests : IDisposable
{
    private const int Kills = 4, Simulations = 8 * 6 * 24;

    private readonly Sandbox _box = new();

    [Fact]
    public void Kills_in_the_midst_of_release_sites_leave_the_digest_as_it_is()
    {
        string spec = WriteSpec(_box);
        for (int kill = 1; kill <= Kills; kill++)
        {
            // Each gets a fifth further than the one before, so every kill meets grains that are begun.
            using Process process = _box.Start("run", spec, "--workers", "2", "--shuffle", $"{kill}");
            while (!process.HasExited && Stored() < Simulations * kill / (Kills + 1))
            {
                Thread.Sleep(20);
            }

            Assert.False(process.HasExited, $"it ended before it was killed, with {Stored()} stored: {(process.HasExited ? process.StandardError.ReadToEnd() : "")}");
            process.Kill();
            process.WaitForExit();
        }

        long left = Stored();
        Assert.InRange(left, 1, Simulations - 1);
        Answer last = _box.Run("run", spec, "--json", "--workers", "1");
        Assert.True(last.ExitCode == 0, last.Output + last.Error);
        Assert.Equal((Simulations, left), (last.Json.GetProperty("done").GetInt64(), last.Json.GetProperty("cached").GetInt64()));
        using var other = new Sandbox();
        JsonElement undisturbed = other.Run("run", WriteSpec(other), "--json", "--workers", "2", "--width", "1").Json;
        Assert.Equal(undisturbed.GetProperty("digest").GetString(), last.Json.GetProperty("digest").GetString());
        Assert.True(undisturbed.GetProperty("outcomes").GetProperty("wave").GetInt64() > 0, "there is a wave among them");
    }

    public void Dispose() => _box.Dispose();

    private static string WriteSpec(Sandbox box) => box.Write("sites.yaml", """
        name: sites
        scenario: site-line
        axes:
          - { parameter: sites.spacing, from: 1 µm, to: 3 µm, points: 8 }
          - { parameter: release.gain, from: 0.5, to: 2, points: 6, scale: log }
        replicates: 24
        seed: 5
        """);

    // What the killed processes have stored so far.
    private long Stored()
    {
        string file = Path.Combine(_box.Data, "results.db");
        if (!File.Exists(file))
        {
            return 0;
        }

        try
        {
            using SqliteResults? store = SqliteResults.OpenForReading(file);
            return store?.Campaigns() is [var only] ? store.Totals(only.Id).Simulations : 0;
        }
        catch (StoreUnavailableException)
        {
            return 0; // it is being made
        }
    }
}
