using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>Every value set, with both helms, comes to manifests that a cluster takes and an administrator may run.</summary>
public sealed class ChartTests
{
    public static TheoryData<string, string> Rendered { get; } = Each();

    private static IEnumerable<(string Helm, string Values)> All => Tools.Helms.SelectMany(_ => Chart.ValueSets, (helm, values) => (helm, values));

    private static TheoryData<string, string> Each()
    {
        var data = new TheoryData<string, string>();
        foreach ((string helm, string values) in All)
        {
            data.Add(helm, values);
        }

        return data;
    }

    [Fact]
    public void There_are_enough_value_sets() => Assert.InRange(Chart.ValueSets.Length, 12, int.MaxValue);

    [Theory]
    [MemberData(nameof(Rendered))]
    public void Lint_has_nothing_to_say(string helm, string values)
    {
        Command lint = Command.Run(Tools.Helm(helm), "lint", "--strict", Chart.Folder, "-f", Chart.FileOf(values));
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
    }

    [Fact]
    public void All_manifests_are_valid()
    {
        var manifests = All.AsParallel().ToDictionary(
            each => $"{each.Helm} {each.Values}", each => Chart.Render(each.Values, each.Helm), StringComparer.Ordinal);
        string[] problems = [.. Validator.Problems(manifests).SelectMany(each => each.Value, (each, what) => $"{each.Key}: {what}")];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Rendered))]
    public void All_policies_hold(string helm, string values)
    {
        IReadOnlyList<string> problems = Policy.Problems(Validator.Objects(Chart.Render(values, helm)));
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public void Both_helms_render_the_same() => Assert.All(Chart.ValueSets, values =>
        Assert.Equal(Validator.Documents(Chart.Render(values, "helm3")).Order(StringComparer.Ordinal), Validator.Documents(Chart.Render(values)).Order(StringComparer.Ordinal)));
}
