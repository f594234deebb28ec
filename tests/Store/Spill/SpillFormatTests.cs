using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using CalciumSweep.Worker;
using CsCheck;
using Xunit;

namespace CalciumSweep.StoreTests.Spill;

public sealed class SpillFormatTests
{
    private static readonly CampaignRecord _campaign = Campaigns.Small with { Keep = Keep.Points, Removals = 3 };

    [Fact]
    public void Every_bit_survives_also_of_a_campaign_that_keeps_points_only()
    {
        Gen.Select(Grains.Of(0, 8, 3), Grains.Of(3, 4, 3), (a, b) => new[] { a, b }).Sample(
            grains =>
            {
                SpilledGrains read = SpillFormat.Read(SpillFormat.Write(_campaign, grains));
                return !read.IsDamaged && read.Grains.Count == 2 && read.Grains.Zip(grains).All(pair => Grains.Same(pair.Item1, pair.Item2))
                    && (read.Campaign!.Id, read.Campaign.Identity, read.Campaign.Layout, read.Campaign.Keep, read.Campaign.Removals)
                        == (_campaign.Id, _campaign.Identity, _campaign.Layout, _campaign.Keep, 3);
            },
            iter: 50);
    }

    [Fact]
    public void Every_flipped_bit_and_every_other_byte_is_detected()
    {
        (byte[] file, GrainResult[] grains) = Example();
        int mutations = 0;
        for (int at = 0; at < file.Length; at++)
        {
            foreach (byte other in Enumerable.Range(0, 8).Select(bit => (byte)(file[at] ^ (1 << bit))).Append((byte)~file[at]))
            {
                byte[] mutant = [.. file];
                mutant[at] = other;
                AssertPrefix(SpillFormat.Read(mutant), grains, $"byte {at} became {other}");
                mutations++;
            }
        }

        Assert.True(mutations > 10_000, $"only {mutations}");
    }

    [Fact]
    public void Every_torn_file_gives_the_grains_that_are_whole()
    {
        (byte[] file, GrainResult[] grains) = Example();
        int most = 0;
        for (int length = 0; length < file.Length; length++)
        {
            SpilledGrains read = SpillFormat.Read(file.AsSpan(0, length));
            Assert.True(read.Grains.Count >= most && read.Grains.Count < grains.Length, $"{length} bytes");
            Assert.All(read.Grains.Zip(grains), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
            most = read.Grains.Count;
        }

        Assert.Equal(grains.Length - 1, most);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(4096)]
    public void Other_bytes_are_no_results(int length)
    {
        Assert.True(SpillFormat.Read(new byte[length]).IsDamaged);
        Assert.True(SpillFormat.Read([.. "CSSPILL1"u8, .. new byte[length]]).IsDamaged);
    }

    private static (byte[] File, GrainResult[] Grains) Example()
    {
        CampaignRecord campaign = Campaigns.Of("example", new GrainLayout(40, 4, 2, 4));
        GrainResult[] grains = [.. Campaigns.AllGrains(campaign).Take(12)];
        return (SpillFormat.Write(campaign, grains), grains);
    }

    private static void AssertPrefix(SpilledGrains read, GrainResult[] truth, string what)
    {
        Assert.True(read.IsDamaged, what);
        Assert.True(read.Grains.Count < truth.Length, what);
        Assert.True(read.Grains.Zip(truth).All(pair => Grains.Same(pair.Item1, pair.Item2)), what);
    }
}
