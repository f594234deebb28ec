using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Sites;

/// <summary>Reads the sites part of a cell.</summary>
internal static class CellSitesParts
{
    /// <summary>The sites, or null if the scenario has none.</summary>
    /// <exception cref="CompositionException">Sites of an unknown kind.</exception>
    public static CellSites? Read(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols)
    {
        PartDefinition? part = scenario.Parts.FirstOrDefault(p => p.Role == "sites");
        return part?.Use switch
        {
            null => null,
            "dyads" => new Dyads(scenario, table, medium, protocols, part),
            "vesicles" => new Vesicles(scenario, table, medium, protocols, part),
            string other => throw new CompositionException($"{scenario.Name}: unknown sites '{other}' of a compartment; there are dyads, vesicles"),
        };
    }
}
