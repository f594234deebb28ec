namespace CalciumSweep.Shared.Results;

/// <summary>
/// Durable results. Every write is idempotent: the key of a grain is (campaign, grain), and its bits are the same whoever
/// computes it. When a write returns, its rows are on disk. Thread-safe.
/// </summary>
public interface IResultStore : IDisposable
{
    /// <summary>
    /// Inserts or updates what is known of a campaign. A store that several coordinators share leaves what stands as of a
    /// later <see cref="CampaignRecord.Sequence"/>.
    /// </summary>
    void SaveCampaign(CampaignRecord campaign);

    /// <summary>Changes what people say of a campaign; one that is not stored is passed over. <see cref="SaveCampaign"/> leaves it.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="tags">Words to find it by; null leaves them, also if somebody else changes them at the same time.</param>
    /// <param name="note">Free text; null leaves it in the same way.</param>
    void LabelCampaign(CampaignId campaign, IReadOnlyList<string>? tags, string? note);

    /// <summary>All campaigns, oldest first.</summary>
    IReadOnlyList<CampaignRecord> Campaigns();

    /// <summary>One campaign by id (or by a unique beginning of it), or null.</summary>
    CampaignRecord? FindCampaign(string idOrPrefix);

    /// <summary>One campaign by the identity of its spec, or null.</summary>
    CampaignRecord? FindByIdentity(string identity);

    /// <summary>Writes finished grains in one transaction; those that are there already are left as they are.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="OutdatedGrainsException">They were begun before results of the campaign were removed: nothing is written.</exception>
    int WriteGrains(CampaignRecord campaign, IReadOnlyList<GrainResult> grains);

    /// <summary>Indices of the grains that are stored, ascending.</summary>
    IReadOnlyList<long> StoredGrains(CampaignId campaign);

    /// <summary>Stored grains in ascending order, decoded; without observables' values for a campaign that keeps points only.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="observables">Kept observables of a simulation.</param>
    /// <param name="first">First grain that is wanted.</param>
    /// <param name="end">First grain after it that is not.</param>
    IEnumerable<GrainResult> ReadGrains(CampaignRecord campaign, int observables, long first = 0, long end = long.MaxValue);

    /// <summary>Counts, tally and digest over all stored grains.</summary>
    CampaignTotals Totals(CampaignId campaign);

    /// <summary>Removes grains, so that they can be written again; those that are not stored are passed over.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grains">Those that go.</param>
    /// <param name="sequence">The journal's number of their removal: in a shared store nothing is removed if it is told a second time, or the campaign stands as of that number or a later one. Null removes them whatever is known.</param>
    /// <param name="removals">How often results of the campaign were removed then, this time too: grains that were begun before are not taken any more.</param>
    void RemoveGrains(CampaignId campaign, IReadOnlyList<long> grains, long? sequence = null, long removals = 0);

    /// <summary>Removes a campaign and its results.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="sequence">The journal's number of that: in a shared store a campaign that stands as of a later one stays, and nothing older brings it back. Null removes it whatever is known.</param>
    void DeleteCampaign(CampaignId campaign, long? sequence = null);
}
