using System.CommandLine;
using System.Security.Cryptography;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>verify CAMPAIGN</c>: a random sample of stored results recomputed here and compared bit for bit.</summary>
public static class VerifyCommand
{
    private const int UsualSample = 100, LargestSample = 1_000_000;

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var size = new Option<int>("--sample") { Description = "Simulations to recompute", DefaultValueFactory = _ => UsualSample };
        var seed = new Option<int?>("--seed") { Description = "Chooses the sample; at random without it" };
        Command command = CampaignVerb.New("verify", "Recompute a sample of stored results and compare the bits", async (parsed, campaigns, campaign, stop) =>
        {
            int wanted = parsed.GetValue(size), chosen = parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
            if (wanted is < 1 or > LargestSample)
            {
                throw new CommandException($"--sample {wanted}: 1 to {LargestSample:N0} simulations");
            }

            CampaignSimulations stored = await campaigns.SimulationsAsync(campaign, stop).ConfigureAwait(false);
            IReadOnlyList<(StoredSimulation Stored, bool IsSame)> sample = new Verification(stored, chosen).Run(wanted, stop);
            StoredSimulation[] different = [.. sample.Where(s => !s.IsSame).Select(s => s.Stored)];
            FrontDoor.Face(parsed).Show(
                new
                {
                    campaign = stored.Campaign,
                    seed = chosen,
                    verified = sample.Count,
                    equal = sample.Count - different.Length,
                    different = different.Select(s => new { index = s.Point, replicate = s.Replicate }),
                },
                () => Text(stored.Campaign, sample.Count, chosen, different));
            return different.Length == 0 ? ExitCode.Done : ExitCode.SomethingFailed;
        });
        command.Add(size);
        command.Add(seed);
        return command;
    }

    private static string Text(string campaign, int verified, int seed, StoredSimulation[] different) =>
        different.Length == 0
            ? $"{campaign}: {verified:N0} simulations recomputed, all the same bit for bit (sample {seed})\n"
            : $"{campaign}: {different.Length:N0} of {verified:N0} simulations recomputed came out different (sample {seed})\n"
                + string.Concat(different.Take(20).Select(s => $"  point {s.Point}, replicate {s.Replicate}\n"));
}
