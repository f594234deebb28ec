
namespace CalciumSweep.Shared.Api;

/// <summary>A scenario.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Observables">What is measured.</param>
/// <param name="Outcomes">Its outcomes.</param>
public sealed record ScenarioAnswer(
    string Scenario, string Summary, IReadOnlyList<ParameterAnswer> Parameters,
    IReadOnlyList<NamedQuantity> Observables, IReadOnlyList<string> Outcomes);
