using System.CommandLine;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>plot CAMPAIGN</c>: the phase diagram in the terminal, or as a file.</summary>
public static class PlotCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var file = new Option<string?>("--out", "-o") { Description = "Figure to write, .png or .svg", HelpName = "FILE" };
        var ascii = new Option<bool>("--ascii") { Description = "Draw in the terminal (the rule without --out)" };
        var show = new Option<string?>("--show")
        {
            Description = "What is drawn: pWave, an outcome (its share), or an observable (its mean); where there are no waves, the first observable",
            HelpName = "NAME",
        };
        Command command = CampaignVerb.New("plot", "The phase diagram, in the terminal or as a file", async (parsed, campaigns, campaign, stop) =>
        {
            CampaignPoints points = await campaigns.PointsAsync(campaign, stop).ConfigureAwait(false);
            if (points.Plan.Spec.Axes.Count < 2)
            {
                throw new CommandException("a phase diagram needs two axes, the campaign has fewer", "calciumsweep export gives its table");
            }

            var shown = DiagramRequest.Of(points.Plan, null, null, null, parsed.GetValue(show) ?? Usual(points.Plan));
            if (shown.IsClass)
            {
                throw new CommandException("an outcome has no number to draw", "name one outcome, pWave, or an observable");
            }

            PhaseGrid grid = shown.Map(points.Plan, points.Points);
            string? figure = parsed.GetValue(file);
            if (figure is not null)
            {
                FigureFile.Check(figure, ".png", ".svg");
                PhaseFigure.Save(grid, CampaignOutputs.Title(points.Plan, points.Campaign), figure);
            }

            string drawn = figure is null || parsed.GetValue(ascii) ? TerminalDiagram.Draw(grid, Faces.Columns) : "";
            FrontDoor.Face(parsed).Show(
                new { campaign = points.Campaign, file = figure, diagram = drawn.Length == 0 ? null : drawn },
                () => drawn + (figure is null ? "" : $"{figure}\n"));
            return ExitCode.Done;
        });
        command.Add(file);
        command.Add(ascii);
        command.Add(show);
        return command;
    }

    private static string Usual(Plan plan) =>
        plan.Model.Outcomes.Contains(Outcome.Wave) || plan.Spec.Observe.Count == 0 ? "pWave" : plan.Spec.Observe[0];
}
