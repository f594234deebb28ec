using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Results;

/// <summary>What the store knows of a campaign without the journal: enough to list, export and plot it.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Identity">SHA-256 of the spec's canonical form, hex.</param>
/// <param name="SpecText">Spec file as the user wrote it.</param>
/// <param name="Layout">How it is cut into grains.</param>
/// <param name="State">Where it stands (contract §3): a projection of the journal.</param>
/// <param name="Quarantined">Simulations given up, with reasons.</param>
/// <param name="WallSeconds">Time spent so far, over all sessions, from the first lease.</param>
/// <param name="Submitted">When it was submitted (UTC).</param>
public sealed record CampaignRecord(
    CampaignId Id, string Identity, string SpecText, GrainLayout Layout, CampaignStatus State,
    IReadOnlyList<QuarantinedSimulation> Quarantined, double WallSeconds, DateTimeOffset Submitted)
{
    /// <summary>Names of the kept observables, in the order of a result's values; empty if they are not known.</summary>
    public IReadOnlyList<string> Observe { get; init; } = [];

    /// <summary>What is kept of each simulation.</summary>
    public Keep Keep { get; init; } = Keep.Simulations;

    /// <summary>What people say of it; written by <see cref="IResultStore.LabelCampaign"/> alone.</summary>
    public CampaignLabel Label { get; init; } = CampaignLabel.None;

    /// <summary>The journal's sequence number as of which this is so: a store that several coordinators share keeps the latest.</summary>
    public long Sequence { get; init; }

    /// <summary>How often results of it were removed (retry, delete); of a worker's: before it began the grains that it writes.</summary>
    public long Removals { get; init; }
}
