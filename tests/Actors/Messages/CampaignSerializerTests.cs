using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using CalciumSweep.Shared.Messages;
using Xunit;

namespace CalciumSweep.Actors.Messages;

public sealed class CampaignSerializerTests : IDisposable
{
    private readonly ActorSystem _system =
        ActorSystem.Create("wire", ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF\n" + WireConfig.Hocon));

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Every_message_comes_back_as_it_was()
    {
        foreach (ICampaignMessage message in Examples.All)
        {
            CampaignSerializer serializer = For(message);
            byte[] bytes = serializer.ToBinary(message);
            object back = serializer.FromBinary(bytes, serializer.Manifest(message));

            Assert.IsType(message.GetType(), back);
            Assert.Equal(bytes, serializer.ToBinary(back));
            Assert.Equivalent(message, back, strict: true);
        }
    }

    [Fact]
    public void Every_kind_of_message_has_an_example_and_a_manifest_of_its_own()
    {
        IEnumerable<Type> kinds = typeof(ICampaignMessage).Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(ICampaignMessage).IsAssignableFrom(type));

        Assert.Equal(kinds.OrderBy(type => type.Name, StringComparer.Ordinal), Examples.All.Select(m => m.GetType()).OrderBy(type => type.Name, StringComparer.Ordinal));
        Assert.Equal(Examples.All.Count, Examples.All.Select(m => For(m).Manifest(m)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_bytes_are_frozen() => Assert.Equal(
        Frozen.ReplaceLineEndings("\n").Trim(),
        string.Join('\n', Examples.All.Select(m => $"{For(m).Manifest(m)} {Convert.ToHexStringLower(For(m).ToBinary(m))}")));

    [Fact]
    public void A_trace_travels_with_a_submission_and_with_leases()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var submit = (SubmitCampaign)Examples.All.Single(message => message is SubmitCampaign) with { Trace = Trace };
        var leased = (GrainsLeased)Examples.All.Single(message => message is GrainsLeased) with { Trace = Trace };

        CampaignSerializer serializer = For(submit);
        Assert.Equal(Trace, ((SubmitCampaign)serializer.FromBinary(serializer.ToBinary(submit), serializer.Manifest(submit))).Trace);
        Assert.Equal(Trace, ((GrainsLeased)serializer.FromBinary(serializer.ToBinary(leased), serializer.Manifest(leased))).Trace);
    }

    [Fact]
    public void Journals_of_the_first_version_are_read()
    {
        foreach (string line in FirstVersion.ReplaceLineEndings("\n").Split('\n'))
        {
            string[] parts = line.Split(' ');
            object read = For(Examples.All[0]).FromBinary(Convert.FromHexString(parts[1]), parts[0]);
            Assert.Equal(parts[0], For(Examples.All[0]).Manifest(read));
            Assert.Equal(Examples.Id, ((ICampaignMessage)read).Id);
        }
    }

    [Fact]
    public void An_unknown_manifest_is_refused() => Assert.Throws<SerializationException>(
        () => For(Examples.All[0]).FromBinary([], "submit99"));

    [Theory]
    [InlineData("holding2", "22030a0105")] // a range without its end
    [InlineData("holding2", "22040a020500")] // an empty range
    [InlineData("holding2", "220d0a0b01ffffffffffffffffff01")] // beyond 64 bits
    [InlineData("holding2", "ff")]
    [InlineData("submit1", "0a0161")] // no layout
    [InlineData("announced1", "1063")] // no such state
    public void Damaged_bytes_are_refused(string manifest, string hex) => Assert.Throws<SerializationException>(
        () => For(Examples.All[0]).FromBinary(Convert.FromHexString(hex), manifest));

    [Fact]
    public void Json_is_refused_both_ways()
    {
        Serializer json = _system.Serialization.FindSerializerForType(typeof(Uri));

        Assert.IsType<RefusingSerializer>(json);
        Assert.Throws<SerializationException>(() => json.ToBinary(new Uri("http://localhost")));
        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize(
            "{\"$type\":\"System.IO.FileInfo\"}"u8.ToArray(), 1, "System.IO.FileInfo, System.Runtime"));
    }

    private CampaignSerializer For(ICampaignMessage message) =>
        Assert.IsType<CampaignSerializer>(_system.Serialization.FindSerializerFor(message));

    private const string Frozen = """
        submit1 0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e023a0977617665537065656440014802
        holding2 0a0a6d61702d31663361396312027731180522070a050003a90201280932040a0201013808400349000000000000d03f5001
        complete1 0a0a6d61702d316633613963120277311a2108ac021209000700000c000000001a110811120d746f6f6b20746f6f206c6f6e672001
        pause1 0a0a6d61702d316633613963
        resume1 0a0a6d61702d316633613963
        cancel1 0a0a6d61702d316633613963
        retry1 0a0a6d61702d316633613963
        retry-grains1 0a0a6d61702d31663361396312070a050003a90201
        delete1 0a0a6d61702d316633613963
        priority1 0a0a6d61702d31663361396310fdffffffffffffffff01
        get-standing1 0a0a6d61702d316633613963
        get-spec2 0a0a6d61702d3166336139631202773118022001
        spec1 0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e02308081dcb5b9b592ef083a09776176655370656564400148025001
        leased2 0a0a6d61702d3166336139631004180522070a050003a90201280132040a0202013a040a02070240104801
        return1 0a0a6d61702d31663361396310041a040a020101
        refused1 0a0a6d61702d3166336139631207746f6f206f6c64
        acknowledged1 0a0a6d61702d31663361396310041a070a050003a90201
        announced1 0a0a6d61702d31663361396310031802
        standing1 0a0a6d61702d316633613963100118022208086410041805200428043209000700000c0000000038014080dac4094880ade204520466756c6c580260286803
        e-submitted1 0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e02308081dcb5b9b592ef083a0977617665537065656440014802
        e-completed1 0a0a6d61702d31663361396312070a050003a902011a09000700000c0000000020c09a0c
        e-quarantined1 0a0a6d61702d31663361396312110811120d746f6f6b20746f6f206c6f6e67
        e-paused1 0a0a6d61702d316633613963
        e-resumed1 0a0a6d61702d316633613963
        e-cancelled1 0a0a6d61702d316633613963
        e-finished1 0a0a6d61702d316633613963
        e-retried1 0a0a6d61702d31663361396312070a050003a902011a09000700000c00000000
        e-suspected1 0a0a6d61702d31663361396312070a050003a90201
        e-priority1 0a0a6d61702d31663361396310fdffffffffffffffff01
        e-coordinator1 0a0a6d61702d316633613963
        e-deleted1 0a0a6d61702d3166336139631002
        snapshot1 0a4b0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e02308081dcb5b9b592ef083a09776176655370656564400110011a070a050003a902012209000700000c000000002a110811120d746f6f6b20746f6f206c6f6e673080dac409380242040a0209014a060a04090101015001
        """;

    private const string FirstVersion = """
        e-submitted1 0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e02308081dcb5b9b592ef083a097761766553706565644001
        e-completed1 0a0a6d61702d31663361396312070a050003a902011a09000700000c0000000020c09a0c
        e-quarantined1 0a0a6d61702d31663361396312110811120d746f6f6b20746f6f206c6f6e67
        e-paused1 0a0a6d61702d316633613963
        e-resumed1 0a0a6d61702d316633613963
        e-cancelled1 0a0a6d61702d316633613963
        e-finished1 0a0a6d61702d316633613963
        e-retried1 0a0a6d61702d31663361396312070a050003a902011a09000700000c00000000
        snapshot1 0a4b0a0a6d61702d31663361396312063166336139631a0a6e616d653a206d61700a220808641004180520042a08080310808c8d9e02308081dcb5b9b592ef083a09776176655370656564400110011a070a050003a902012209000700000c000000002a110811120d746f6f6b20746f6f206c6f6e673080dac409
        """;
}
