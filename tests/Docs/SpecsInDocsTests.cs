using System.Text.RegularExpressions;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.Docs;

/// <summary>Every spec that README, docs and examples show is one that the program takes.</summary>
public sealed partial class SpecsInDocsTests
{
    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Path.Combine(Root, "examples"), "*.yaml").Select(f => Path.GetRelativePath(Root, f))];

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md")).Select(f => Path.GetRelativePath(Root, f))];

    private static string Root => Repository.Root;

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_a_valid_spec_without_warnings(string file)
    {
        PlanReading reading = SpecReader.Read(Path.Combine(Root, file));
        Assert.Empty(reading.Warnings);
        Assert.True(reading.Plan.Simulations > 0);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_whole_spec_on_a_page_is_valid_and_its_links_lead_somewhere(string page)
    {
        string text = File.ReadAllText(Path.Combine(Root, page));
        foreach (Match block in YamlBlock().Matches(text))
        {
            string yaml = block.Groups["yaml"].Value;
            if (yaml.Contains("\nscenario:", StringComparison.Ordinal) && yaml.Contains("axes:", StringComparison.Ordinal))
            {
                Assert.NotNull(SpecReader.Parse(yaml, page).Plan);
            }
        }

        foreach (Match link in Link().Matches(text))
        {
            string target = link.Groups["target"].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            {
                string file = Path.Combine(Root, Path.GetDirectoryName(page)!, target.Split('#')[0]);
                Assert.True(File.Exists(file) || Directory.Exists(file), $"{page}: {target}");
            }
        }
    }

    [GeneratedRegex(@"```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
