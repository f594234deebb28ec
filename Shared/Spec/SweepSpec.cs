namespace CalciumSweep.Shared.Spec;

/// <summary>The spec as a user wrote it, checked against the scenario's model. Immutable once submitted.</summary>
/// <param name="Name">The user's name for it; not part of the identity.</param>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Set">Fixed parameters, values in each parameter's own unit, in file order.</param>
/// <param name="Axes">Swept parameters; the last varies fastest.</param>
/// <param name="Replicates">Repeats of each point.</param>
/// <param name="Seed">Enters every random stream.</param>
/// <param name="Observe">Names of the observables that are kept.</param>
/// <param name="Limits">Wall-clock limits; not part of the identity.</param>
/// <param name="Keep">What is kept; not part of the identity.</param>
public sealed record SweepSpec(
    string Name, string Scenario, IReadOnlyDictionary<string, double> Set, IReadOnlyList<Axis> Axes, int Replicates,
    ulong Seed, IReadOnlyList<string> Observe, Limits Limits, Keep Keep);
