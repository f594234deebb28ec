using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>Reads the stimulus parts that drive pools.</summary>
internal static class ProtocolParts
{
    /// <summary>The protocols in file order.</summary>
    /// <exception cref="CompositionException">Unknown protocol, or a pool driven twice.</exception>
    public static IReadOnlyList<Protocol> Read(ScenarioDefinition scenario, ParameterTable table, MediumParts medium)
    {
        var all = new List<Protocol>();
        foreach (PartDefinition part in scenario.Parts.Where(p => p.Role == "stimulus"))
        {
            Protocol next = Read(scenario, table, medium, part);
            if (all.Exists(p => p.Pool == next.Pool))
            {
                throw new CompositionException($"{scenario.Name}: pool '{medium.PoolNames[next.Pool]}' is driven twice");
            }

            all.Add(next);
        }

        return all;
    }

    private static Protocol Read(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part) =>
        part.Use switch
        {
            "step" => new StepProtocol(scenario, table, medium, part),
            "train" => new TrainProtocol(scenario, table, medium, part),
            "beat" => new BeatProtocol(scenario, table, medium, part),
            "gaussian" => new GaussianProtocol(scenario, table, medium, part),
            _ => throw new CompositionException(
                $"{scenario.Name}: unknown stimulus '{part.Use}' of a compartment; there are beat, gaussian, step, train"),
        };
}
