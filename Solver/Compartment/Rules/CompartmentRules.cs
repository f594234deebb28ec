using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Reads the outcome part of a cell.</summary>
internal static class CompartmentRules
{
    /// <summary>The rule of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="table">Takes the rule's parameters.</param>
    /// <param name="medium">Pools and mechanisms.</param>
    /// <param name="protocols">What drives the clamped pools.</param>
    /// <param name="duration">Index of the duration.</param>
    /// <exception cref="CompositionException">There is no outcome, or an unknown one.</exception>
    public static CompartmentRule Read(
        ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols, int duration)
    {
        PartDefinition part = scenario.Parts.FirstOrDefault(p => p.Role == "outcome")
            ?? throw new CompositionException($"{scenario.Name}: a compartment needs 'outcome: {{ use: … }}'");
        return part.Use == "several"
            ? new SeveralRules([.. SeveralRules.Names(scenario, part).Select(name => Read(name))])
            : Read(part.Use);

        CompartmentRule Read(string use) => use switch
        {
            "agonist" => new AgonistRule(scenario, medium, part, protocols, duration),
            "recovery" => new RecoveryRule(scenario, table, medium),
            "oscillation" => new OscillationRule(scenario, table, medium, part, duration),
            "store-entry" => new StoreEntryRule(scenario, table, medium, part, protocols, duration),
            "mitochondria" => new MitochondriaRule(scenario, medium),
            "trigger-release" => new TriggerReleaseRule(scenario, medium),
            "release" => new ReleaseRule(scenario, table, medium, protocols, duration),
            "synapse" => new SynapseRule(scenario, table, medium, protocols, duration),
            "twitch" => new TwitchRule(scenario, table, medium, part, protocols),
            _ => throw new CompositionException(
                $"{scenario.Name}: unknown outcome '{use}' of a compartment; there are agonist, mitochondria, oscillation, recovery, release, several, store-entry, synapse, trigger-release, twitch"),
        };
    }
}
