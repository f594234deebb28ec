using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The figure and the table that stand in a campaign's folder.</summary>
/// <param name="archive">The data folder.</param>
/// <param name="record">The campaign.</param>
/// <param name="plan">Its plan.</param>
public sealed class CampaignOutputs(Archive archive, CampaignRecord record, Plan plan)
{
    private const string FigureName = "phase.png", TableName = "points.csv";

    private bool HasDiagram => plan.Spec.Axes.Count >= 2 && plan.Model.Outcomes.Contains(Outcome.Wave);

    /// <summary>Writes figure and table unless they are there.</summary>
    /// <param name="always">True also overwrites them.</param>
    public void WriteMissing(bool always)
    {
        string folder = archive.FolderOf(record);
        string figure = Path.Combine(folder, FigureName), table = Path.Combine(folder, TableName);
        if (!always && File.Exists(table) && (!HasDiagram || File.Exists(figure)))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using (var text = new StreamWriter(table))
        {
            PointTable.Write(text, plan, archive.Points(record, plan));
        }

        if (HasDiagram)
        {
            PhaseFigure.Save(Grid(), Title(plan, record.Id.Value), figure);
        }
    }

    /// <summary>The phase diagram as text; empty for fewer than two axes.</summary>
    public string Diagram() => HasDiagram ? TerminalDiagram.Draw(Grid(), Faces.Columns) + "\n" : "";

    /// <summary>Where to look, and what to type next.</summary>
    public string Places()
    {
        string folder = archive.FolderOf(record);
        string figure = HasDiagram ? $"  phase diagram   {Path.Combine(folder, FigureName)}   (also: calciumsweep plot {record.Id})\n" : "";
        return figure + $"  table           {Path.Combine(folder, TableName)}   (also: calciumsweep export {record.Id} --format json)\n";
    }

    /// <summary>P(wave) over the two longest axes.</summary>
    public PhaseGrid Grid() => PhaseGrid.OfWaves(plan, archive.Points(record, plan));

    /// <summary>Scenario, campaign and replicates.</summary>
    public static string Title(Plan plan, string campaign) => $"{plan.Model.Scenario}, {campaign}, {plan.Spec.Replicates} replicates";
}
