using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.GridBenchmark;

/// <summary>A medium of YAML parts.</summary>
internal static class BenchmarkMedium
{
    /// <summary>Reads the parts, with some parameters set.</summary>
    public static GridMedium Of(string parts, params (string Name, double Value)[] set)
    {
        ScenarioDefinition definition = ScenarioReader.Parse("scenario: b\ngeometry: { use: sheet }\n" + parts, "b.yaml");
        var table = new ParameterTable(definition);
        var read = new MediumParts(definition, table);
        var names = table.Complete().ToList();
        double[] v = [.. names.Select(p => p.Default)];
        foreach (var (name, value) in set)
        {
            v[names.FindIndex(p => p.Name == name)] = value;
        }

        return new(read.Pools, read.Buffers, read.Mechanisms, v);
    }
}
