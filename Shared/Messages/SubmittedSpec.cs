using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Messages;

/// <summary>A spec as it was submitted: what a worker and the store need to know of it.</summary>
/// <param name="Identity">SHA-256 of the spec's canonical form, hex.</param>
/// <param name="Text">Spec file as the user wrote it.</param>
/// <param name="Layout">How the campaign is cut into grains.</param>
/// <param name="Limits">Wall-clock limits.</param>
/// <param name="Observe">Names of the observables that are kept.</param>
/// <param name="Keep">What is kept of each simulation.</param>
public sealed record SubmittedSpec(
    string Identity, string Text, GrainLayout Layout, Limits Limits, IReadOnlyList<string> Observe, Keep Keep)
{
    /// <summary>What the store is told of the campaign.</summary>
    public CampaignRecord Record(
        CampaignId id, CampaignStatus status, IReadOnlyList<QuarantinedSimulation> quarantined, TimeSpan wallTime,
        DateTimeOffset submitted) =>
        new(id, Identity, Text, Layout, status, quarantined, wallTime.TotalSeconds, submitted)
        {
            Observe = Observe,
            Keep = Keep,
        };
}
