using System.CommandLine;
using System.Text;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>describe SCENARIO</c>: its parameters, observables and outcomes; <c>describe mechanisms</c> and <c>describe ID</c>: flux laws.</summary>
public static class DescribeCommand
{
    private const string Mechanisms = "mechanisms";

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var scenario = new Argument<string>("scenario") { Description = "Name of a built-in, path to a scenario file, id of a mechanism, or 'mechanisms' for all of these" };
        var command = new Command("describe", "Parameters, observables and outcomes of a scenario; the law and parameters of a mechanism") { scenario };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(scenario);
            Faces face = FrontDoor.Face(parsed);
            if (name == Mechanisms)
            {
                face.Show(MechanismLibrary.All, () => string.Concat(MechanismLibrary.All.Select(m => $"{m.Id,-30} {m.Law}  ({m.Source})\n")));
            }
            else if (MechanismLibrary.Of(name) is { } mechanism)
            {
                face.Show(mechanism, () => Text(mechanism));
            }
            else
            {
                Model model = ScenarioLibrary.Load(name);
                face.Show(Document(model), () => Text(model));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What programs read.</summary>
    public static ScenarioAnswer Document(Model model) => new(
        model.Scenario, model.Summary,
        [.. model.Parameters.Select(p => new ParameterAnswer(
            p.Name, p.Unit, p.Default, p.Min, p.Max, p.Meaning, p.Source, p.Words.Count > 0 ? p.Words : null))],
        [.. model.Observables.Select(o => new NamedQuantity(o.Name, o.Unit, o.Meaning))],
        [.. model.Outcomes.Select(o => CampaignDocument.Name(o))]);

    private static string Text(MechanismAnswer mechanism) =>
        $"{mechanism.Id}: {mechanism.Law}\nsource  {mechanism.Source}\npools   {string.Join(", ", mechanism.Pools)}\nflows   {string.Join(", ", mechanism.Flows)}\n\nparameters\n"
        + string.Concat(mechanism.Parameters.Select(p => $"  {p.Name,-30} {p.Default:G6} {p.Unit}  [{p.Min:G6} … {p.Max:G6}]  {p.Meaning}\n"));

    private static string Text(Model model)
    {
        var text = new StringBuilder();
        text.AppendLine($"{model.Scenario}: {model.Summary}");
        text.AppendLine("\nparameters");
        foreach (ParameterInfo p in model.Parameters)
        {
            text.AppendLine($"  {p.Name,-30} {(p.WordOf(p.Default) is { } word ? word : $"{p.Default:G6} {p.Unit}")}"
                + $"  [{(p.Words.Count > 0 ? $"{string.Join(", ", p.Words.Keys)}; " : "")}{p.Min:G6} … {p.Max:G6}]  {p.Meaning}"
                + (p.Source.Length == 0 ? "" : $"  ({p.Source})"));
        }

        text.AppendLine("\nobservables");
        foreach (ObservableInfo o in model.Observables)
        {
            text.AppendLine($"  {o.Name,-30} {o.Unit,-8} {o.Meaning}");
        }

        text.AppendLine(model.Outcomes.Count == 0
            ? "\nno outcomes: it is judged by its observables"
            : "\noutcomes  " + string.Join(", ", model.Outcomes.Select(o => CampaignDocument.Name(o))));
        return text.ToString();
    }
}
