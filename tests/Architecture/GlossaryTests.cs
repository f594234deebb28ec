using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace CalciumSweep.Architecture;

/// <summary>One word for one thing: the names of types, read from the compiled assemblies.</summary>
public sealed class GlossaryTests
{
    private static readonly string[] _forbiddenEndings = ["Manager", "Helper", "Helpers", "Utils", "Utility"];

    // Words for which the glossary has another one. Some of its "not" column (status, lock, node) have a
    // second, allowed meaning and are not listed.
    private static readonly string[] _forbiddenWords =
        ["Job", "Study", "Trial", "Rerun", "Shard", "Batch", "Agent", "Preset", "Heatmap"];

    public static TheoryData<string> Projects => ["Solver", "Shared", "Store", "Worker", "Coordinator", "Client", "Dashboard"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_are_named_in_the_words_of_the_glossary(string project) => Assert.DoesNotContain(TypeNames(project), IsForbidden);

    [Theory]
    [InlineData("LeaseManager")]
    [InlineData("CampaignJob")]
    [InlineData("BatchWriter")]
    public void A_forbidden_word_would_be_seen(string name) => Assert.True(IsForbidden(name));

    [Theory]
    [InlineData("CampaignView")]
    [InlineData("ShardingSettings")]
    public void Other_words_pass(string name) => Assert.False(IsForbidden(name));

    private static bool IsForbidden(string name) =>
        _forbiddenEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        || Regex.Matches(name, "[A-Z][a-z0-9]*", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Any(word => _forbiddenWords.Contains(word.Value));

    private static List<string> TypeNames(string project)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"CalciumSweep.{project}.dll")));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(t => metadata.GetString(metadata.GetTypeDefinition(t).Name))
            .Where(name => !name.Contains('<', StringComparison.Ordinal))];
    }
}
