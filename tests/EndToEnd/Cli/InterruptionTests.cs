using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>Whatever ends the process, the same command goes on, and the results are the same to the last bit.</summary>
public sealed partial class InterruptionTests : IDisposable
{
    private const int SigInt = 2, Kills = 20;

    // 192 simulations of 50 ms: about 5 s on two threads, so a signal finds it at work.
    private const double Cost = 0.05;

    private readonly Sandbox _box = new();

    [Fact]
    public void Ctrl_c_ends_with_3_and_the_same_command_completes_with_the_same_digest()
    {
        string spec = _box.WriteSpec(cost: Cost);
        using Process process = _box.Start("run", spec, "--workers", "2", "--width", "1");
        WaitForStart(process);
        Assert.Equal(0, Signal(process.Id, SigInt));
        Answer answer = Sandbox.Finish(process);
        Assert.True(answer.ExitCode == 3, $"exit {answer.ExitCode}: {answer.Error}");
        Assert.Contains("resume", answer.Error, StringComparison.Ordinal);

        JsonElement again = _box.Run("run", spec, "--json").Json;
        Assert.Equal("completed", again.GetProperty("state").GetString());
        Assert.Equal(UninterruptedDigest(), again.GetProperty("digest").GetString());
    }

    [Fact]
    public void Twenty_kills_at_any_moment_leave_the_digest_as_it_is()
    {
        // A fixed seed: the moments are spread over start-up, work and the end, and a failure can be repeated.
        var random = new Random(20260101);
        string spec = _box.WriteSpec(cost: Cost);
        for (int i = 0; i < Kills; i++)
        {
            using Process process = _box.Start("run", spec, "--shuffle", $"{i}");
            process.WaitForExit(random.Next(200, 3000));
            process.Kill();
            process.WaitForExit();
        }

        JsonElement last = _box.Run("run", spec, "--json").Json;
        Assert.True(last.TryGetProperty("state", out _), last.ToString());
        Assert.Equal("completed", last.GetProperty("state").GetString());
        Assert.Equal(UninterruptedDigest(), last.GetProperty("digest").GetString());
    }

    [Fact]
    public void A_kill_before_the_first_table_was_made_leaves_a_folder_that_works()
    {
        // What a kill between the making of the file and its first transaction leaves: a moment that kills at random find rarely.
        Directory.CreateDirectory(_box.Data);
        File.WriteAllBytes(Path.Combine(_box.Data, "results.db"), []);
        Assert.Equal(0, _box.Run("list", "--json").Json.GetArrayLength());
        Assert.Equal("completed", _box.Run("run", _box.WriteSpec(), "--json").Json.GetProperty("state").GetString());
    }

    [Fact]
    public void A_killed_campaign_shows_as_interrupted()
    {
        using Process process = _box.Start("run", _box.WriteSpec(cost: Cost));
        WaitForStart(process);
        process.Kill();
        process.WaitForExit();
        Assert.Equal("interrupted", _box.Run("list", "--json").Json[0].GetProperty("state").GetString());
    }

    public void Dispose() => _box.Dispose();

    private static string? UninterruptedDigest()
    {
        using var other = new Sandbox();
        return other.Run("run", other.WriteSpec(cost: Cost), "--json").Json.GetProperty("digest").GetString();
    }

    // Until the campaign is in the store.
    private void WaitForStart(Process process)
    {
        while (!process.HasExited && !_box.Run("list", "--json").Output.StartsWith("[{", StringComparison.Ordinal))
        {
        }

        Assert.False(process.HasExited);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
