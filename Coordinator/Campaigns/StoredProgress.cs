using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What the result store has of a campaign.</summary>
/// <param name="Grains">Grains stored.</param>
/// <param name="Tally">Their outcomes.</param>
/// <param name="Quarantined">Their simulations that were given up.</param>
public sealed record StoredProgress(GrainSet Grains, Tally Tally, IReadOnlyList<QuarantinedSimulation> Quarantined)
{
    /// <summary>Reads it.</summary>
    public static StoredProgress Read(IResultStore store, CampaignRecord campaign)
    {
        CampaignTotals totals;
        GrainSet grains;
        do
        {
            // Grains are only ever added: equal numbers mean that both answers speak of the same grains.
            totals = store.Totals(campaign.Id);
            grains = GrainSet.Of(store.StoredGrains(campaign.Id));
        }
        while (totals.Grains != grains.Count);

        long asked = grains.Ranges.Sum(range => Simulations(campaign.Layout, range));
        return new(grains, totals.Tally, asked == totals.Simulations ? [] : ReadQuarantined(store, campaign));
    }

    /// <summary>Outcomes that the store has of some grains.</summary>
    public static Tally TallyOf(IResultStore store, CampaignRecord campaign, GrainSet grains)
    {
        var counts = new long[Tally.Empty.Counts.Count];
        foreach (GrainResult grain in grains.Ranges.SelectMany(
            range => store.ReadGrains(campaign, campaign.Observe.Count, range.First, range.End)))
        {
            foreach (var outcome in grain.Outcomes.OfType<Solver.Engine.Outcome>())
            {
                counts[(int)outcome]++;
            }
        }

        return new Tally(counts);
    }

    private static long Simulations(GrainLayout layout, GrainRange range)
    {
        var (last, count) = layout.Range(range.End - 1);
        return last + count - layout.Range(range.First).First;
    }

    private static List<QuarantinedSimulation> ReadQuarantined(IResultStore store, CampaignRecord campaign)
    {
        var quarantined = new List<QuarantinedSimulation>();
        foreach (GrainResult grain in store.ReadGrains(campaign, campaign.Observe.Count))
        {
            long first = campaign.Layout.Range(grain.Grain).First;
            for (int i = 0; i < grain.Outcomes.Count; i++)
            {
                if (grain.Outcomes[i] is null)
                {
                    quarantined.Add(new(first + i, grain.Reasons.GetValueOrDefault(i, "given up")));
                }
            }
        }

        return quarantined;
    }
}
