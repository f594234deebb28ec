using System.CommandLine;
using System.Text;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>diff A B</c>: two campaigns compared point by point. That they differ is an answer, not a failure: exit 0.</summary>
public static class DiffCommand
{
    private const int ShownDifferences = 20;

    /// <summary>The verb.</summary>
    public static Command New()
    {
        Argument<string> a = CampaignVerb.NewName("A"), b = CampaignVerb.NewName("B");
        var limit = new Option<int>("--limit") { Description = "Differences to list", DefaultValueFactory = _ => ShownDifferences };
        var server = new ServerOptions();
        var command = new Command("diff", "Compare two campaigns point by point") { a, b, limit };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(limit) < 0)
            {
                throw new CommandException($"--limit {parsed.GetValue(limit)}: a number of differences, 0 or more");
            }

            using ICampaigns campaigns = server.Open(parsed);
            CampaignPoints first = await campaigns.PointsAsync(parsed.GetRequiredValue(a), cancel).ConfigureAwait(false);
            CampaignPoints second = await campaigns.PointsAsync(parsed.GetRequiredValue(b), cancel).ConfigureAwait(false);
            CampaignDifference difference = Compare(first, second);
            PointDifference[] shown = [.. difference.Different.Take(parsed.GetValue(limit))];
            FrontDoor.Face(parsed).Show(
                Document(first, second, difference, shown), () => Text(first, second, difference, shown));
            return ExitCode.Done;
        });
        return command;
    }

    private static CampaignDifference Compare(CampaignPoints a, CampaignPoints b)
    {
        try
        {
            return CampaignDifference.Of(a.Plan, a.Points, b.Plan, b.Points);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message, "campaigns of one scenario can be compared");
        }
    }

    private static object Document(CampaignPoints a, CampaignPoints b, CampaignDifference difference, PointDifference[] shown) => new
    {
        a = a.Campaign,
        b = b.Campaign,
        both = difference.Both,
        onlyA = difference.OnlyA,
        onlyB = difference.OnlyB,
        equal = difference.Both - difference.Different.Count,
        different = difference.Different.Count,
        distinct = difference.Different.Count(d => d.IsDistinct),
        settings = difference.Settings.Select(s => new { parameter = s.Parameter, a = s.A, b = s.B }),
        differences = shown.Select(d => new
        {
            parameters = difference.Parameters.Zip(d.Values).ToDictionary(StringComparer.Ordinal),
            deltaPWave = d.DeltaPWave,
            distinct = d.IsDistinct,
            a = Side(a, d.A),
            b = Side(b, d.B),
        }),
    };

    private static object Side(CampaignPoints side, PointSummary point) => new
    {
        index = point.Index,
        n = point.N,
        outcomes = CampaignDocument.Outcomes(point.Tally, side.Plan.Model.Outcomes),
        pWave = point.PWave,
    };

    private static string Text(CampaignPoints a, CampaignPoints b, CampaignDifference difference, PointDifference[] shown)
    {
        var text = new StringBuilder();
        text.AppendLine($"{a.Campaign}  {b.Campaign}");
        text.AppendLine($"  {difference.Both:N0} points in both, {difference.OnlyA:N0} only in the first, {difference.OnlyB:N0} only in the second");
        foreach ((string parameter, double valueA, double valueB) in difference.Settings)
        {
            text.AppendLine($"  {parameter}  {valueA:G6}  {valueB:G6}");
        }

        text.AppendLine(difference.Different.Count == 0 ? "  all of them came to the same, bit for bit"
            : $"  {difference.Different.Count:N0} came to something else, {difference.Different.Count(d => d.IsDistinct):N0} of them beyond the 95 % intervals of P(wave)");
        foreach (PointDifference d in shown)
        {
            string place = string.Join("  ", difference.Parameters.Zip(d.Values, (name, value) => $"{name}={value:G6}"));
            text.AppendLine($"    {place}   P(wave) {d.A.PWave:F3} → {d.B.PWave:F3}{(d.IsDistinct ? "  *" : "")}");
        }

        return text.ToString();
    }
}
