namespace CalciumSweep.Dashboard.Client;

/// <summary>A flux law.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Law">What it is, with its equation.</param>
/// <param name="Source">Paper or book.</param>
/// <param name="Pools">Pools that it reads.</param>
/// <param name="Flows">Flows that it makes.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record MechanismAnswer(
    string Id, string Law, string Source, IReadOnlyList<string> Pools, IReadOnlyList<string> Flows, IReadOnlyList<MechanismParameter> Parameters);
