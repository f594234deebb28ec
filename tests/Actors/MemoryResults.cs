using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Actors;

/// <summary>A result store in memory that can be told to fail.</summary>
internal sealed class MemoryResults : IResultStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, CampaignRecord> _campaigns = [];
    private readonly Dictionary<(CampaignId, long), GrainResult> _grains = [];

    /// <summary>Every use throws while this is set.</summary>
    public volatile bool IsDown;

    public int Writes { get; private set; }

    public void SaveCampaign(CampaignRecord campaign) => Use(() => _campaigns[campaign.Id] = campaign);

    public void LabelCampaign(CampaignId campaign, IReadOnlyList<string>? tags, string? note) => Use(() =>
        _campaigns.TryGetValue(campaign, out CampaignRecord? record)
        && (_campaigns[campaign] = record with { Label = new(tags ?? record.Label.Tags, note ?? record.Label.Note) }) is not null);

    public IReadOnlyList<CampaignRecord> Campaigns() => Use(() => _campaigns.Values.ToList());

    public CampaignRecord? FindCampaign(string idOrPrefix) =>
        Use(() => _campaigns.Values.FirstOrDefault(c => c.Id.Value.StartsWith(idOrPrefix, StringComparison.Ordinal)));

    public CampaignRecord? FindByIdentity(string identity) =>
        Use(() => _campaigns.Values.FirstOrDefault(c => c.Identity == identity));

    public int WriteGrains(CampaignRecord campaign, IReadOnlyList<GrainResult> grains) => Use(() =>
    {
        Writes++;
        if (_campaigns.TryGetValue(campaign.Id, out CampaignRecord? known) && known.Removals > campaign.Removals)
        {
            throw new OutdatedGrainsException(campaign.Id, campaign.Removals, known.Removals);
        }

        return grains.Count(grain => _grains.TryAdd((campaign.Id, grain.Grain), grain));
    });

    public IReadOnlyList<long> StoredGrains(CampaignId campaign) => Use(() => Of(campaign).Select(g => g.Grain).ToList());

    public IEnumerable<GrainResult> ReadGrains(CampaignRecord campaign, int observables, long first = 0, long end = long.MaxValue) =>
        Use(() => Of(campaign.Id).Where(grain => grain.Grain >= first && grain.Grain < end).ToList());

    public CampaignTotals Totals(CampaignId campaign) => Use(() =>
    {
        List<GrainResult> grains = [.. Of(campaign)];
        var counts = new long[Tally.Empty.Counts.Count];
        foreach (var outcome in grains.SelectMany(grain => grain.Outcomes).OfType<Solver.Engine.Outcome>())
        {
            counts[(int)outcome]++;
        }

        return new CampaignTotals(
            grains.Count, counts.Sum(), new Tally(counts), "sha256:", grains.Sum(grain => grain.CoreSeconds));
    });

    public void RemoveGrains(CampaignId campaign, IReadOnlyList<long> grains, long? sequence = null, long removals = 0) =>
        Use(() =>
        {
            if (_campaigns.TryGetValue(campaign, out CampaignRecord? known))
            {
                _campaigns[campaign] = known with { Removals = Math.Max(known.Removals, removals) };
            }

            return grains.Count(grain => _grains.Remove((campaign, grain)));
        });

    public void DeleteCampaign(CampaignId campaign, long? sequence = null) => Use(() =>
    {
        foreach (var key in _grains.Keys.Where(key => key.Item1 == campaign).ToList())
        {
            _grains.Remove(key);
        }

        return _campaigns.Remove(campaign);
    });

    public void Dispose()
    {
    }

    private IEnumerable<GrainResult> Of(CampaignId campaign) =>
        _grains.Where(one => one.Key.Item1 == campaign).Select(one => one.Value).OrderBy(grain => grain.Grain);

    private T Use<T>(Func<T> use)
    {
        if (IsDown)
        {
            throw new IOException("the disk is gone");
        }

        lock (_lock)
        {
            return use();
        }
    }
}
