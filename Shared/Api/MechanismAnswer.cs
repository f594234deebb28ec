namespace CalciumSweep.Shared.Api;

/// <summary>A flux law.</summary>
/// <param name="Id">Id in scenario files.</param>
/// <param name="Law">What it is, with its equation.</param>
/// <param name="Source">Paper or book.</param>
/// <param name="Pools">Pools that it reads.</param>
/// <param name="Flows">Flows that it makes: <c>from → into</c>.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record MechanismAnswer(
    string Id, string Law, string Source, IReadOnlyList<string> Pools, IReadOnlyList<string> Flows, IReadOnlyList<MechanismParameter> Parameters);
