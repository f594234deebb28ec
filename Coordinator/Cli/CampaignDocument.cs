using System.Text;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A campaign as <c>run</c>, <c>status</c> and <c>list</c> show it (contract §3).</summary>
public static class CampaignDocument
{
    /// <summary>The JSON object.</summary>
    /// <param name="view">Where it stands.</param>
    /// <param name="plan">Names the outcomes that apply though none was counted; null: counted ones only.</param>
    public static Dictionary<string, object?> Of(CampaignView view, Plan? plan)
    {
        var document = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["campaign"] = view.Id.Value,
            ["state"] = Name(view.State),
            ["points"] = view.Points,
            ["simulations"] = view.Simulations,
            ["done"] = view.Done,
            ["simulated"] = view.Simulated,
            ["cached"] = view.Cached,
            ["quarantined"] = view.Quarantined,
            ["outcomes"] = Outcomes(view.Tally, plan?.Model.Outcomes ?? []),
            ["digest"] = view.Digest,
            ["wallSeconds"] = view.WallSeconds,
            ["simulationsPerSecond"] = view.SimulationsPerSecond,
            ["coreSeconds"] = view.CoreSeconds,
            ["store"] = "sqlite",
        };
        if (view.Problem is not null)
        {
            document["problem"] = view.Problem;
        }

        return document;
    }

    /// <summary>Counts by outcome name: those that apply, and any other that was counted.</summary>
    public static Dictionary<string, long> Outcomes(Tally tally, IReadOnlyList<Outcome> applicable) =>
        Enum.GetValues<Outcome>()
            .Where(o => o != Outcome.None && (applicable.Contains(o) || tally[o] > 0))
            .ToDictionary(o => Name(o), o => tally[o], StringComparer.Ordinal);

    /// <summary>A summary for people.</summary>
    public static string Text(CampaignView view)
    {
        var text = new StringBuilder();
        double share = view.Simulations == 0 ? 1 : (double)view.Done / view.Simulations;
        text.AppendLine($"{view.Id}  {Name(view.State)}  {view.Done:N0} / {view.Simulations:N0} simulations ({share:P1}) at {view.Points:N0} points");
        text.AppendLine($"  {Shares(view.Tally)}");
        if (view.Quarantined > 0)
        {
            text.AppendLine($"  quarantined {view.Quarantined:N0}");
        }

        if (view.Problem is not null)
        {
            text.AppendLine($"  {view.Problem}");
        }

        text.AppendLine($"  {view.WallSeconds:F1} s, {view.SimulationsPerSecond:N0} simulations/s   {view.Digest}");
        return text.ToString();
    }

    /// <summary>Share of each outcome, most advanced first.</summary>
    public static string Shares(Tally tally) => tally.Total == 0 ? "nothing simulated yet" : string.Join("   ",
        Enum.GetValues<Outcome>().Reverse().Where(o => o != Outcome.None && tally[o] > 0)
            .Select(o => $"{Name(o)} {100.0 * tally[o] / tally.Total:F1} %"));

    /// <summary>How a campaign's process ends.</summary>
    public static int Exit(CampaignView view) => view.State switch
    {
        CampaignStatus.Completed when view.Quarantined == 0 && view.Tally[Outcome.Failed] == 0 => ExitCode.Done,
        CampaignStatus.Interrupted or CampaignStatus.Paused or CampaignStatus.Running => ExitCode.Interrupted,
        _ => ExitCode.SomethingFailed,
    };

    /// <summary>A state or outcome as shown.</summary>
    public static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
