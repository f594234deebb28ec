using System.CommandLine;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>plot CAMPAIGN</c>: the phase diagram in the terminal, or as a file.</summary>
public static class PlotCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var name = new Argument<string>("campaign") { Description = "Id of the campaign, or the beginning of it" };
        var file = new Option<string?>("--out") { Description = "Figure to write, .png or .svg", HelpName = "FILE" };
        var ascii = new Option<bool>("--ascii") { Description = "Draw in the terminal (the rule without --out)" };
        var command = new Command("plot", "The phase diagram, in the terminal or as a file") { name, file, ascii };
        command.SetAction(parsed =>
        {
            using var archive = Archive.Open(FrontDoor.Data(parsed));
            CampaignRecord record = archive.Get(parsed.GetRequiredValue(name));
            Plan plan = Archive.PlanOf(record);
            Check(plan);
            var outputs = new CampaignOutputs(archive, record, plan);
            PhaseGrid grid = outputs.Grid();
            string? figure = parsed.GetValue(file);
            if (figure is not null)
            {
                FigureFile.Check(figure, ".png", ".svg");
                PhaseFigure.Save(grid, outputs.Title(), figure);
            }

            string drawn = figure is null || parsed.GetValue(ascii) ? TerminalDiagram.Draw(grid, Faces.Columns) : "";
            FrontDoor.Face(parsed).Show(
                new { campaign = record.Id.Value, file = figure, diagram = drawn.Length == 0 ? null : drawn },
                () => drawn + (figure is null ? "" : $"{figure}\n"));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Check(Plan plan)
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
