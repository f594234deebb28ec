using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Messages;

/// <summary>The campaign exists.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Identity">SHA-256 of the spec's canonical form, hex.</param>
/// <param name="SpecText">Spec file as the user wrote it.</param>
/// <param name="Layout">How it is cut into grains.</param>
/// <param name="Limits">Wall-clock limits.</param>
/// <param name="At">When (UTC).</param>
public sealed record CampaignSubmitted(
    CampaignId Id, string Identity, string SpecText, GrainLayout Layout, Limits Limits,
    DateTimeOffset At) : ICampaignEvent;
