using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using Xunit;

namespace CalciumSweep.Docs;

/// <summary>What <c>describe</c> says of every parameter and observable of every scenario.</summary>
public sealed class SourcesTests
{
    public static TheoryData<string> Scenarios => [.. ScenarioLibrary.Names()];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_default_has_a_source_a_meaning_and_lies_within_its_bounds(string scenario) =>
        Assert.All(ScenarioLibrary.Load(scenario).Parameters, p =>
        {
            Assert.False(string.IsNullOrWhiteSpace(p.Source), $"{p.Name} has no source");
            Assert.False(string.IsNullOrWhiteSpace(p.Meaning), $"{p.Name} has no meaning");
            Assert.False(string.IsNullOrWhiteSpace(p.Unit), $"{p.Name} has no unit");
            Assert.InRange(p.Default, p.Min, p.Max);
        });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_observable_has_a_unit_and_a_meaning_and_defaults_exist(string scenario)
    {
        Model model = ScenarioLibrary.Load(scenario);
        Assert.All(model.Observables, o => Assert.False(string.IsNullOrWhiteSpace(o.Meaning) || string.IsNullOrWhiteSpace(o.Unit), o.Name));
        Assert.All(model.DefaultObservables, name => Assert.Contains(model.Observables, o => o.Name == name));
        Assert.Equal(model.Observables.Count, model.Observables.Select(o => o.Name).Distinct(StringComparer.Ordinal).Count());
    }
}
