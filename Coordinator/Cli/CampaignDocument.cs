using System.Text;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A campaign as it is shown, to programs and to people.</summary>
public static class CampaignDocument
{
    /// <summary>What programs read.</summary>
    /// <param name="view">Where it stands.</param>
    /// <param name="plan">Names the outcomes that apply though none was counted; null: counted ones only.</param>
    /// <param name="store">Kind of store.</param>
    public static CampaignAnswer Of(CampaignView view, Plan? plan, string store = "sqlite") => new(
        view.Id.Value, Name(view.State), view.Points, view.Simulations, view.Done, view.Simulated, view.Cached, view.Quarantined,
        Outcomes(view.Tally, plan?.Model.Outcomes ?? []), view.Digest, view.WallSeconds, view.SimulationsPerSecond,
        view.CoreSeconds, store)
    {
        // An entity knows it also of what is done; where the store alone is asked, nobody does.
        Priority = view.State is CampaignStatus.Completed or CampaignStatus.Cancelled ? null : view.Priority,
        Problem = view.Problem,
    };

    /// <summary>The same with what people say of it.</summary>
    public static CampaignAnswer With(this CampaignAnswer answer, CampaignLabel? label) => label is null ? answer : answer with
    {
        Tags = label.Tags.Count == 0 ? null : label.Tags,
        Note = label.Note.Length == 0 ? null : label.Note,
    };

    /// <summary>Counts by outcome name: those that apply, and any other that was counted.</summary>
    public static Dictionary<string, long> Outcomes(Tally tally, IReadOnlyList<Outcome> applicable) =>
        Enum.GetValues<Outcome>()
            .Where(o => o != Outcome.None && (applicable.Contains(o) || tally[o] > 0))
            .ToDictionary(o => Name(o), o => tally[o], StringComparer.Ordinal);

    /// <summary>A summary for people.</summary>
    public static string Text(CampaignAnswer answer)
    {
        var text = new StringBuilder();
        double share = answer.Simulations == 0 ? 1 : (double)answer.Done / answer.Simulations;
        text.AppendLine($"{answer.Campaign}  {answer.State}  {answer.Done:N0} / {answer.Simulations:N0} simulations ({share:P1}) at {answer.Points:N0} points");
        text.AppendLine($"  {Shares(answer)}");
        if (answer.Quarantined > 0)
        {
            text.AppendLine($"  quarantined {answer.Quarantined:N0}");
        }

        if (answer.Tags is not null || answer.Note is not null)
        {
            text.AppendLine($"  {string.Join(' ', (answer.Tags ?? []).Select(tag => $"#{tag}"))}  {answer.Note}".TrimEnd());
        }

        if (answer.Problem is not null)
        {
            text.AppendLine($"  {answer.Problem}");
        }

        text.AppendLine($"  {answer.WallSeconds:F1} s, {answer.SimulationsPerSecond:N0} simulations/s   {answer.Digest}");
        return text.ToString();
    }

    /// <summary>Share of each outcome, most advanced first.</summary>
    public static string Shares(CampaignAnswer answer)
    {
        string[] shares = [.. answer.Outcomes.Reverse().Where(o => o.Value > 0).Select(o => $"{o.Key} {100.0 * o.Value / answer.Done:F1} %")];
        return answer.Done == 0 ? "nothing simulated yet" : string.Join("   ", shares);
    }

    /// <summary>How a campaign's process ends.</summary>
    public static int Exit(CampaignAnswer answer) => answer.State switch
    {
        "completed" when answer.Quarantined == 0 && answer.Outcomes.GetValueOrDefault("failed") == 0 => ExitCode.Done,
        "interrupted" or "paused" or "running" => ExitCode.Interrupted,
        _ => ExitCode.SomethingFailed,
    };

    /// <summary>What to type next.</summary>
    public static string Next(CampaignAnswer answer) => answer.State switch
    {
        "interrupted" or "paused" => $"  calciumsweep resume {answer.Campaign}   goes on\n",
        "running" => $"  calciumsweep watch {answer.Campaign}   shows how far it is\n",
        _ => $"  calciumsweep plot {answer.Campaign}   calciumsweep export {answer.Campaign} --format csv\n",
    };

    /// <summary>A state or outcome as shown.</summary>
    public static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
