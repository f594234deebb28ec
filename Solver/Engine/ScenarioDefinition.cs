namespace CalciumSweep.Solver.Engine;

/// <summary>A scenario file, read but not yet composed. The reader knows its form only; <see cref="Composition"/> knows the members.</summary>
/// <param name="Name">Scenario name.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Parts">What the scenario is made of, in file order.</param>
/// <param name="Overrides">Defaults, bounds, meanings or sources that differ from the parts' own, by full parameter name.</param>
/// <param name="Observe">Observables of a spec without <c>observe</c>; empty: all.</param>
public sealed record ScenarioDefinition(
    string Name, string Summary, IReadOnlyList<PartDefinition> Parts,
    IReadOnlyDictionary<string, ParameterOverride> Overrides, IReadOnlyList<string> Observe);
