using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>Results on the disk: kept there file by file, and stored from there, oldest files first.</summary>
internal sealed class SpilledResults(SpillFolder folder, ResultDelivery delivery, ResultReports reports)
{
    // About a million simulations, and a second of the store.
    private const long MostBytes = 4 << 20;

    /// <summary>True if something waits on the disk.</summary>
    public bool Any => folder.Oldest is not null;

    /// <summary>Bytes that wait on the disk.</summary>
    public long Bytes => folder.Bytes;

    /// <summary>Keeps grains on the disk.</summary>
    /// <returns>Those that found no room.</returns>
    public List<(CampaignWork Work, GrainResult Grain)> Keep(IReadOnlyList<(CampaignWork Work, GrainResult Grain)> grains)
    {
        var left = new List<(CampaignWork Work, GrainResult Grain)>();
        foreach (var campaign in grains.GroupBy(one => (one.Work, one.Grain.Removals)))
        {
            GrainResult[] results = [.. campaign.Select(one => one.Grain).OrderBy(grain => grain.Grain)];
            if (left.Count > 0 || !folder.TryAdd(campaign.Key.Work, results))
            {
                left.AddRange(campaign);
            }
        }

        return left;
    }

    /// <summary>Brings the oldest files into the store in one transaction, then deletes them.</summary>
    /// <returns>False if it should be tried again.</returns>
    public bool StoreOldest()
    {
        if (ReadOldest() is not [var (first, content), ..] files)
        {
            return true;
        }

        var fate = ResultDelivery.Fate.Stored;
        GrainResult[] grains = [.. files.SelectMany(file => file.Content.Grains).OrderBy(grain => grain.Grain)];
        if (content.Campaign is { } campaign && grains.Length > 0)
        {
            fate = delivery.Store((first.Work?.Record ?? campaign) with { Removals = campaign.Removals }, grains);
        }

        if (fate == ResultDelivery.Fate.NotYet)
        {
            return false;
        }

        foreach (var (file, stored) in files)
        {
            folder.Remove(file, delete: true);
            Tell(file, stored, fate);
        }

        return true;
    }

    // A file that cannot be read is given up when it is the oldest, and one that can be, but is damaged, is stored alone.
    private List<(SpillFile File, SpilledGrains Content)> ReadOldest()
    {
        var read = new List<(SpillFile, SpilledGrains)>();
        var grains = new HashSet<long>();
        foreach (SpillFile file in folder.OldestAlike(MostBytes))
        {
            SpilledGrains? content = TryRead(file, out string? why);
            if (content is null && read.Count == 0)
            {
                GiveUp(file, why!);
            }

            if (content is null || (read.Count > 0 && (content.IsDamaged || content.Grains.Any(one => grains.Contains(one.Grain)))))
            {
                break;
            }

            read.Add((file, content));
            grains.UnionWith(content.Grains.Select(one => one.Grain));
            if (content.IsDamaged)
            {
                break;
            }
        }

        return read;
    }

    private static SpilledGrains? TryRead(SpillFile file, out string? why)
    {
        try
        {
            why = null;
            return SpillFormat.Read(File.ReadAllBytes(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return null;
        }
    }

    private void GiveUp(SpillFile file, string why)
    {
        reports.Log(new($"'{file.Path}' cannot be read ({why}): its {file.Grains.Count} grains are not done"));
        folder.Remove(file, delete: false);
        if (file.Work is { } work)
        {
            reports.Lost(work, file.Grains);
        }
    }

    private void Tell(SpillFile file, SpilledGrains content, ResultDelivery.Fate fate)
    {
        if (content.IsDamaged)
        {
            reports.Log(new($"'{file.Path}' was damaged: {content.Grains.Count} grains of it were whole, the others are not done"));
        }

        if (file.Work is not { } work)
        {
            if (content.Campaign is { } campaign && fate == ResultDelivery.Fate.Stored && content.Grains.Count > 0)
            {
                reports.Recovered(campaign.Id, new(campaign.Removals, [.. content.Grains.Select(grain => CampaignWork.Summarise(campaign.Layout, grain))]));
            }

            return;
        }

        delivery.Tell(work, content.Grains, fate);
        long[] lost = [.. file.Grains.Except(content.Grains.Select(grain => grain.Grain))];
        if (lost.Length > 0 && fate != ResultDelivery.Fate.Refused)
        {
            reports.Lost(work, lost);
        }
    }
}
