using System.Diagnostics;
using System.Text.Json;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.Actors.Node;

/// <summary>The real program, with a scenario of the user's that ends its process.</summary>
public sealed class SupervisedRunTests
{
    [Fact]
    public async Task A_run_whose_simulations_end_its_process_comes_to_its_end_by_itself()
    {
        using var folder = new TemporaryFolder();
        string spec = Path.Combine(folder.Path, "spec.yaml");

        // The file is named relative to the spec's folder. The map's centre is a pilot too.
        File.Copy(Repository.PathOf("tests", "chaos", "hazard.yaml"), Path.Combine(folder.Path, "own.yaml"));
        await File.WriteAllTextAsync(spec, """
            name: poison
            scenario: ./own.yaml
            axes:
              - { parameter: hazard, values: [0, 0.01, 0.02, 1, 0.03, 0.04, 0.05] }
            limits: { attempts: 1, wallTime: 60 s }
            """);
        using Process run = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll"), "run", spec, "--json", "--yes",
                "--data", Path.Combine(folder.Path, "data"),
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> said = run.StandardError.ReadToEndAsync();
        string answer = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();

        Assert.True(run.ExitCode == 1, await said);
        JsonElement status = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("completed", status.GetProperty("state").GetString());
        Assert.Equal(1, status.GetProperty("quarantined").GetInt64());
        Assert.Equal(6, status.GetProperty("done").GetInt64());
    }
}
