using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Messages;

/// <summary>Starts a campaign, or goes on with it if it is known: answered by <see cref="CampaignStanding"/>.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Identity">SHA-256 of the spec's canonical form, hex.</param>
/// <param name="SpecText">Spec file as the user wrote it.</param>
/// <param name="Layout">How it is cut into grains; that of the first submission stays.</param>
/// <param name="Limits">Wall-clock limits.</param>
public sealed record SubmitCampaign(
    CampaignId Id, string Identity, string SpecText, GrainLayout Layout, Limits Limits) : ICampaignCommand;
