using System.Text.Json;
using System.Text.RegularExpressions;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Every command in the pages about the command line, the API and the cluster is one that the program takes.</summary>
public sealed partial class CommandsInDocsTests : IDisposable
{
    private readonly Sandbox _box = new();

    public static TheoryData<string> Commands =>
    [
        .. ((string[])["cli.md", "api.md", "cluster.md"])
            .SelectMany(page => Block().Matches(File.ReadAllText(Path.Combine(Repository.PathOf("docs"), page))))
            .SelectMany(block => block.Groups["text"].Value.Split('\n'))
            .Where(line => line.StartsWith("calciumsweep ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_in_the_docs_can_be_typed(string line)
    {
        // All that is wrong with it is the one option too many: so it is parsed, and nothing is done.
        string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).TakeWhile(word => word is not ("&" or "|" or ">"))];
        Answer answer = _box.Run([.. words, "--one-too-many", "--json"]);
        Assert.Equal(2, answer.ExitCode);
        JsonElement error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Contains("--one-too-many", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.PathOf("docs"), "cli.md")), help = _box.Run("--help").Output;
        string[] verbs = [.. Verb().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups["verb"].Value)];
        Assert.Contains("verify", verbs, StringComparer.Ordinal);
        Assert.All(verbs, verb => Assert.Contains($"`{verb}", page, StringComparison.Ordinal));
    }

    public void Dispose() => _box.Dispose();

    [GeneratedRegex(@"```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^  (?<verb>[a-z]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Verb();
}
