using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using Xunit;

namespace CalciumSweep.Unit.Spec;

public sealed class ScenarioLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenarios-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("no-op")]
    [InlineData("site-line")]
    [InlineData("spark")]
    [InlineData("channel-cluster")]
    public void A_built_in_scenario_loads_by_its_name(string name)
    {
        Assert.Contains(name, ScenarioLibrary.Names(), StringComparer.Ordinal);
        Assert.Equal(name, ScenarioLibrary.Load(name).Scenario);
    }

    [Fact]
    public void A_model_is_composed_once() => Assert.Same(ScenarioLibrary.Load("site-line"), ScenarioLibrary.Load("site-line"));

    [Fact]
    public void The_file_changes_defaults_and_bounds()
    {
        Model model = ScenarioLibrary.Load("site-line");
        ParameterInfo vmax = model.Parameters[model.IndexOf("serca.vmax")];

        Assert.Equal((400, 2000), (vmax.Default, vmax.Max));
        Assert.Equal(["waveSpeed", "reach", "recruitedFraction", "peakCytosolic"], model.DefaultObservables);
    }

    [Fact]
    public void The_parts_come_in_file_order_with_their_options()
    {
        ScenarioDefinition definition = ScenarioReader.Parse(
            "scenario: s\ngeometry: { use: cable }\nbuffers:\n  b.m: { use: mobile, pool: cytosol, n: 2 }\nsites: { use: ryr }\nobserve: [a, b]\nparameters: { p.q: { min: 1e-3, source: x } }",
            "s.yaml");

        Assert.Equal(["geometry::cable", "buffer:b.m:mobile", "sites::ryr"], definition.Parts.Select(p => $"{p.Role}:{p.Name}:{p.Use}"), StringComparer.Ordinal);
        Assert.Equal(("cytosol", "2"), (definition.Parts[1].Options["pool"], definition.Parts[1].Options["n"]));
        Assert.Equal(["a", "b"], definition.Observe);
        Assert.Equal(new ParameterOverride(Min: 0.001, Source: "x"), definition.Overrides["p.q"]);
    }

    [Fact]
    public void A_scenario_of_ones_own_stands_beside_the_spec()
    {
        File.WriteAllText(Path.Combine(_folder, "mine.yaml"), "scenario: mine\ngeometry: { use: none }");
        File.WriteAllText(Path.Combine(_folder, "sweep.yaml"), "scenario: mine.yaml");

        Assert.Equal("mine", SpecReader.Read(Path.Combine(_folder, "sweep.yaml")).Plan.Spec.Scenario);
    }

    [Fact]
    public void An_edited_file_is_read_anew()
    {
        string path = Path.Combine(_folder, "mine.yaml");
        File.WriteAllText(path, "scenario: one\ngeometry: { use: none }");
        Assert.Equal("one", ScenarioLibrary.Load(path).Scenario);
        File.WriteAllText(path, "scenario: two\ngeometry: { use: none }");
        Assert.Equal("two", ScenarioLibrary.Load(path).Scenario);
    }

    [Theory]
    [InlineData("geometry: { use: none }", "scenario: is missing in mine.yaml")]
    [InlineData("scenario: s\ngeometry: { pool: a }", "geometry: does not say which member to use")]
    [InlineData("scenario: s\ngeometri: { use: none }\ngeometry: { use: none }", "geometri: unknown key 'geometri'")]
    [InlineData("scenario: s\ngeometry: { use: none }\npools: [a]", "pools: must be a map, not a list")]
    [InlineData("scenario: s\ngeometry: { use: none, n: [1] }", "geometry.n: must be a single value, not a list")]
    [InlineData("scenario: s\ngeometry: { use: none }\nparameters: { x: { min: low } }", "parameters.x.min: 'low' is not a number; write a plain number, e.g. 2")]
    [InlineData("scenario: s\ngeometry: { use: blob }", "s: unknown geometry 'blob'")]
    [InlineData("scenario: s", "s: a scenario needs a geometry")]
    public void A_mistake_in_a_scenario_file_is_named(string text, string message)
    {
        string path = Path.Combine(_folder, "mine.yaml");
        File.WriteAllText(path, text);

        Assert.Equal(message, Assert.Single(Assert.Throws<SpecException>(() => ScenarioLibrary.Load(path)).Errors).Message);
    }

    [Fact]
    public void A_spec_shows_the_place_in_the_scenario_file()
    {
        string path = Path.Combine(_folder, "mine.yaml");
        File.WriteAllText(path, "scenario: s\ngeometry: { pool: a }");

        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Parse($"seed: 1\nscenario: {path}", "t.yaml")).Errors);

        Assert.Equal($"scenario: {path}, line 2, column 11: geometry: does not say which member to use", error.Message);
        Assert.Equal(2, error.Line);
    }
}
