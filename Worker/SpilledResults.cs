using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>Results on the disk: kept there file by file, and stored from there, oldest file first.</summary>
internal sealed class SpilledResults(SpillFolder folder, ResultDelivery delivery, ResultReports reports)
{
    /// <summary>True if something waits on the disk.</summary>
    public bool Any => folder.Oldest is not null;

    /// <summary>Bytes that wait on the disk.</summary>
    public long Bytes => folder.Bytes;

    /// <summary>Keeps grains on the disk.</summary>
    /// <returns>Those that found no room.</returns>
    public List<(CampaignWork Work, GrainResult Grain)> Keep(IReadOnlyList<(CampaignWork Work, GrainResult Grain)> grains)
    {
        var left = new List<(CampaignWork Work, GrainResult Grain)>();
        foreach (var campaign in grains.GroupBy(one => one.Work))
        {
            GrainResult[] results = [.. campaign.Select(one => one.Grain).OrderBy(grain => grain.Grain)];
            if (left.Count > 0 || !folder.TryAdd(campaign.Key, results))
            {
                left.AddRange(campaign);
            }
        }

        return left;
    }

    /// <summary>Brings the oldest file into the store, then deletes it.</summary>
    /// <returns>False if it should be tried again.</returns>
    public bool StoreOldest()
    {
        if (folder.Oldest is not { } file)
        {
            return true;
        }

        if (Read(file) is not { } content)
        {
            return true;
        }

        string? refusal = null;
        if (content is { Campaign: { } campaign, Grains.Count: > 0 }
            && !delivery.TryStore(file.Work?.Record ?? campaign, content.Grains, ref refusal))
        {
            return false;
        }

        folder.Remove(file, delete: true);
        Tell(file, content, refusal);
        return true;
    }

    private SpilledGrains? Read(SpillFile file)
    {
        try
        {
            return SpillFormat.Read(File.ReadAllBytes(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reports.Log(new($"'{file.Path}' cannot be read ({e.Message}): its {file.Grains.Count} grains are not done"));
            folder.Remove(file, delete: false);
            if (file.Work is { } work)
            {
                reports.Lost(work, file.Grains);
            }

            return null;
        }
    }

    private void Tell(SpillFile file, SpilledGrains content, string? refusal)
    {
        if (content.IsDamaged)
        {
            reports.Log(new($"'{file.Path}' was damaged: {content.Grains.Count} grains of it were whole, the others are not done"));
        }

        if (file.Work is not { } work)
        {
            if (content.Campaign is { } campaign && refusal is null && content.Grains.Count > 0)
            {
                reports.Recovered(campaign.Id, [.. content.Grains.Select(grain => CampaignWork.Summarise(campaign.Layout, grain))]);
            }

            return;
        }

        if (refusal is not null)
        {
            reports.Refused(work, refusal);
            return;
        }

        work.Stored(content.Grains);
        long[] lost = [.. file.Grains.Except(content.Grains.Select(grain => grain.Grain))];
        if (lost.Length > 0)
        {
            reports.Lost(work, lost);
        }
    }
}
