using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Messages;

/// <summary>What a worker needs to know once.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Identity">SHA-256 of the spec's canonical form, hex.</param>
/// <param name="SpecText">Spec file as the user wrote it.</param>
/// <param name="Layout">How it is cut into grains.</param>
/// <param name="Limits">Wall-clock limits.</param>
/// <param name="Submitted">When it was first submitted.</param>
public sealed record CampaignSpec(
    CampaignId Id, string Identity, string SpecText, GrainLayout Layout, Limits Limits,
    DateTimeOffset Submitted) : ICampaignReply;
