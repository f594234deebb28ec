using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Scenarios;

/// <summary>Placeholder.</summary>
public static class ScenarioLibrary
{
    /// <summary>Built-in names.</summary>
    public static IReadOnlyList<string> Names() => throw new NotSupportedException();

    /// <summary>Loads a model.</summary>
    public static Model Load(string nameOrPath) => throw new NotSupportedException(nameOrPath);
}
