using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Simulation;

/// <summary>A result store that outlives every process, that all coordinators share, and that is away now and then.</summary>
/// <param name="truths">The campaigns.</param>
/// <param name="isFenced">False does what it is told by anybody, however old his news.</param>
internal sealed class SimulatedStore(IReadOnlyDictionary<CampaignId, Truth> truths, bool isFenced) : IResultStore
{
    private readonly Dictionary<CampaignId, long> _deleted = [];
    private readonly Dictionary<CampaignId, CampaignRecord> _campaigns = [];
    private readonly Dictionary<CampaignId, SortedDictionary<long, GrainResult>> _grains = [];

    /// <summary>Every use throws while this is set.</summary>
    public bool IsAway { get; set; }

    public bool Has(CampaignId campaign, long grain) => _grains.TryGetValue(campaign, out var rows) && rows.ContainsKey(grain);

    public CampaignRecord? Record(CampaignId campaign) => _campaigns.GetValueOrDefault(campaign);

    /// <summary>The digest of all rows, computed afresh.</summary>
    public ResultDigest Digest(CampaignId campaign)
    {
        var sum = default(ResultDigest);
        foreach (GrainResult grain in Rows(campaign).Values)
        {
            sum += ResultDigest.OfGrain(truths[campaign].Layout, grain);
        }

        return sum;
    }

    public void SaveCampaign(CampaignRecord campaign) => Use(() =>
    {
        bool isOld = _campaigns.GetValueOrDefault(campaign.Id)?.Sequence > campaign.Sequence
            || _deleted.GetValueOrDefault(campaign.Id) >= campaign.Sequence;
        if (!isFenced || !isOld)
        {
            _campaigns[campaign.Id] = campaign;
        }

        return !isOld;
    });

    public void LabelCampaign(CampaignId campaign, IReadOnlyList<string>? tags, string? note) => Use(() =>
        _campaigns.TryGetValue(campaign, out CampaignRecord? record)
        && (_campaigns[campaign] = record with { Label = new(tags ?? record.Label.Tags, note ?? record.Label.Note) }) is not null);

    public IReadOnlyList<CampaignRecord> Campaigns() => Use(() => _campaigns.Values.ToList());

    public CampaignRecord? FindCampaign(string idOrPrefix) => Use(() => _campaigns.GetValueOrDefault(new(idOrPrefix)));

    public CampaignRecord? FindByIdentity(string identity) =>
        Use(() => _campaigns.Values.FirstOrDefault(campaign => campaign.Identity == identity));

    public int WriteGrains(CampaignRecord campaign, IReadOnlyList<GrainResult> grains) => Use(() =>
    {
        if (isFenced && _campaigns.GetValueOrDefault(campaign.Id)?.Removals > campaign.Removals)
        {
            throw new OutdatedGrainsException(campaign.Id, campaign.Removals, _campaigns[campaign.Id].Removals);
        }

        if (!_grains.TryGetValue(campaign.Id, out var rows))
        {
            _grains[campaign.Id] = rows = [];
        }

        return grains.Count(grain => rows.TryAdd(grain.Grain, grain));
    });

    public IReadOnlyList<long> StoredGrains(CampaignId campaign) => Use(() => Rows(campaign).Keys.ToList());

    public IEnumerable<GrainResult> ReadGrains(CampaignRecord campaign, int observables, long first = 0, long end = long.MaxValue) =>
        Use(() => Rows(campaign.Id).Values.Where(grain => grain.Grain >= first && grain.Grain < end).ToList());

    public CampaignTotals Totals(CampaignId campaign) => Use(() =>
    {
        Tally tally = Rows(campaign).Values.Aggregate(
            Tally.Empty, (sum, grain) => sum + truths[campaign].Completion(grain.Grain).Tally);
        return new CampaignTotals(Rows(campaign).Count, tally.Total, tally, Digest(campaign).ToString(), 0);
    });

    public void RemoveGrains(CampaignId campaign, IReadOnlyList<long> grains, long? sequence = null, long removals = 0) => Use(() =>
    {
        if (!_campaigns.TryGetValue(campaign, out CampaignRecord? record) || (isFenced && record.Sequence >= sequence))
        {
            return 0;
        }

        _campaigns[campaign] = record with { Sequence = Math.Max(record.Sequence, sequence ?? 0), Removals = Math.Max(record.Removals, removals) };
        return _grains.TryGetValue(campaign, out var rows) ? grains.Count(rows.Remove) : 0;
    });

    public void DeleteCampaign(CampaignId campaign, long? sequence = null) => Use(() =>
    {
        if (isFenced && _campaigns.GetValueOrDefault(campaign)?.Sequence > sequence)
        {
            return false;
        }

        _deleted[campaign] = Math.Max(_deleted.GetValueOrDefault(campaign), sequence ?? 0);
        return _grains.Remove(campaign) | _campaigns.Remove(campaign);
    });

    public void Dispose()
    {
    }

    private SortedDictionary<long, GrainResult> Rows(CampaignId campaign) => _grains.GetValueOrDefault(campaign) ?? [];

    private T Use<T>(Func<T> use) => IsAway ? throw new IOException("the store is away") : use();
}
