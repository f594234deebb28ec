using System.Diagnostics;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;

namespace CalciumSweep.Worker;

/// <summary>One attempt to bring results into the store, and what becomes of it.</summary>
internal sealed class ResultDelivery(IResultStore store, ResultReports reports)
{
    private volatile string? _problem, _refusal;

    /// <summary>Why nothing can be written now, or was refused for good; null if all is well.</summary>
    public string? Problem => _problem ?? _refusal;

    /// <summary>Stores results of a campaign that is worked on, and says so.</summary>
    /// <returns>False if it should be tried again.</returns>
    public bool TryStore(CampaignWork work, IReadOnlyList<GrainResult> grains)
    {
        string? refusal = null;
        using (Activity? trace = work.Leases.Store(work, grains))
        {
            if (!TryStore(work.Record, grains, ref refusal))
            {
                trace?.SetStatus(ActivityStatusCode.Error, Problem);
                return false;
            }
        }

        work.Leases.Forget(grains);

        if (refusal is null)
        {
            work.Stored(grains);
        }
        else
        {
            reports.Refused(work, refusal);
        }

        return true;
    }

    /// <summary>Stores results.</summary>
    /// <param name="campaign">Id, layout and what is kept.</param>
    /// <param name="grains">By ascending index.</param>
    /// <param name="refusal">Set if the store will never take them.</param>
    /// <returns>False if it should be tried again.</returns>
    public bool TryStore(CampaignRecord campaign, IReadOnlyList<GrainResult> grains, ref string? refusal)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            store.WriteGrains(campaign, grains);
            StoreMeter.Flush.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
            _problem = null;
            reports.Log(Note(campaign, grains, "Results are stored") with { Matters = WorkerNote.Weight.Detail });
        }
        catch (ArgumentException e)
        {
            // Not to be mended by waiting, and others wait behind it.
            refusal = _refusal = e.Message;
            _problem = null;
            reports.Log(Note(campaign, grains, $"{grains.Count} grains of {campaign.Id} are dropped: {e.Message}"));
        }
        catch (Exception e)
        {
            // Whatever it is, the results are not stored: keep them, say why, try again.
            StoreMeter.ResultsFailed();
            if (_problem is null)
            {
                reports.Log(Note(campaign, grains, $"Results cannot be stored: {e.Message}"));
            }

            _problem = e.Message;
            return false;
        }

        return true;
    }

    private static WorkerNote Note(CampaignRecord campaign, IReadOnlyList<GrainResult> grains, string text) =>
        new(text) { Campaign = campaign.Id, Grains = grains.Select(grain => grain.Grain) };
}
