using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Cells written for a test, and single numbers out of runs.</summary>
internal static class Cells
{
    /// <summary>Composes a scenario written in the test.</summary>
    public static Model Of(string yaml) => Composition.Compose(ScenarioReader.Parse(yaml, "test.yaml"));

    /// <summary>One observable of one run, the same at every width.</summary>
    public static double Value(this Model model, string observable, params (string, double)[] set) =>
        model.All(set)[model.Observables.ToList().FindIndex(o => o.Name == observable)];

    /// <summary>All observables of one run, the same bits at every width and with any neighbours.</summary>
    public static double[] All(this Model model, params (string, double)[] set)
    {
        SimulationResult[] results = [.. new[] { 1, 2, 4, 8 }.Select(w => Runs.Of(model, 1, w, set)[0])];
        Assert.All(results, r => Assert.Null(r.Reason));
        Assert.Single(results.Select(r => string.Join(' ', r.Observables.Select(BitConverter.DoubleToInt64Bits))).Distinct(StringComparer.Ordinal));
        return results[0].Observables;
    }
}
