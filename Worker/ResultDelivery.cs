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
    /// <param name="work">The campaign.</param>
    /// <param name="grains">By ascending index, begun after the same removals.</param>
    /// <returns>False if it should be tried again.</returns>
    public bool TryStore(CampaignWork work, IReadOnlyList<GrainResult> grains)
    {
        Fate fate;
        using (Activity? trace = work.Leases.Store(work, grains))
        {
            fate = Store(work.RecordOf(grains), grains);
            if (fate == Fate.NotYet)
            {
                trace?.SetStatus(ActivityStatusCode.Error, Problem);
                return false;
            }
        }

        work.Leases.Forget(grains);
        Tell(work, grains, fate);
        return true;
    }

    /// <summary>Says what became of results of a campaign that is worked on.</summary>
    public void Tell(CampaignWork work, IReadOnlyList<GrainResult> grains, Fate fate)
    {
        switch (fate)
        {
            case Fate.Stored:
                work.Stored(grains);
                break;
            case Fate.Refused:
                reports.Refused(work, _refusal!);
                break;
            case Fate.Outdated:
                reports.Lost(work, [.. grains.Select(grain => grain.Grain)]);
                break;
        }
    }

    /// <summary>Stores results.</summary>
    /// <param name="campaign">Id, layout, what is kept, and removals before they were begun.</param>
    /// <param name="grains">By ascending index.</param>
    public Fate Store(CampaignRecord campaign, IReadOnlyList<GrainResult> grains)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            store.WriteGrains(campaign, grains);
            StoreMeter.Flush.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
            _problem = null;
            reports.Log(Note(campaign, grains, "Results are stored") with { Matters = WorkerNote.Weight.Detail });
            return Fate.Stored;
        }
        catch (OutdatedGrainsException e)
        {
            _problem = null;
            reports.Log(Note(campaign, grains, $"{grains.Count} grains are dropped: {e.Message}") with { Matters = WorkerNote.Weight.Change });
            return Fate.Outdated;
        }
        catch (ArgumentException e)
        {
            // Not to be mended by waiting, and others wait behind it.
            _refusal = e.Message;
            _problem = null;
            reports.Log(Note(campaign, grains, $"{grains.Count} grains of {campaign.Id} are dropped: {e.Message}"));
            return Fate.Refused;
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
            return Fate.NotYet;
        }
    }

    private static WorkerNote Note(CampaignRecord campaign, IReadOnlyList<GrainResult> grains, string text) =>
        new(text) { Campaign = campaign.Id, Grains = grains.Select(grain => grain.Grain) };

    /// <summary>What becomes of results.</summary>
    internal enum Fate
    {
        /// <summary>The store has them.</summary>
        Stored,

        /// <summary>The store does not answer: they should be tried again.</summary>
        NotYet,

        /// <summary>The store will never take them (the campaign was deleted, or cut otherwise).</summary>
        Refused,

        /// <summary>Results of the campaign were removed since they were begun: they are computed again.</summary>
        Outdated,
    }
}
