using System.CommandLine;
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
        Command command = CampaignVerb.New("plot", "The phase diagram, in the terminal or as a file", async (parsed, campaigns, campaign, stop) =>
        {
            CampaignPoints points = await campaigns.PointsAsync(campaign, stop).ConfigureAwait(false);
            Check(points.Plan);
            var grid = PhaseGrid.OfWaves(points.Plan, points.Points);
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
        return command;
    }

    /// <summary>Refuses a campaign that has no phase diagram.</summary>
    /// <exception cref="CommandException">Fewer than two axes, or no waves.</exception>
    public static void Check(Plan plan)
    {
        if (plan.Spec.Axes.Count < 2)
        {
            throw new CommandException("a phase diagram needs two axes, the campaign has fewer", "calciumsweep export gives its table");
        }

        if (!plan.Model.Outcomes.Contains(Outcome.Wave))
        {
            throw new CommandException($"the scenario {plan.Model.Scenario} has no waves to draw", "calciumsweep export gives its table");
        }
    }
}
