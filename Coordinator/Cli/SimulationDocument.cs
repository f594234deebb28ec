using System.Text;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>One simulation as <c>simulate</c> shows it (contract §3).</summary>
public static class SimulationDocument
{
    /// <summary>The JSON object.</summary>
    public static object Of(SimulationRequest request, Simulation simulation, SimulationResult result, double wallSeconds) => new
    {
        scenario = request.Model.Scenario,
        seed = request.Seed,
        replicate = simulation.Replicate,
        outcome = result.Outcome == Outcome.None ? null : CampaignDocument.Name(result.Outcome),
        reason = result.Reason,
        parameters = request.Model.Parameters.Select((p, i) => (p.Name, Value: simulation.Parameters[i]))
            .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
        observables = request.Model.Observables.Select((o, i) => (o, Value: result.Observables[i]))
            .ToDictionary(
                o => o.o.Name,
                o => double.IsFinite(o.Value) ? new Dictionary<string, object>(StringComparer.Ordinal) { ["value"] = o.Value, ["unit"] = o.o.Unit } : null,
                StringComparer.Ordinal),
        steps = result.Steps,
        wallSeconds,
    };

    /// <summary>The same for people.</summary>
    public static string Text(SimulationRequest request, Simulation simulation, SimulationResult result)
    {
        var text = new StringBuilder();
        string verdict = result.Outcome == Outcome.None ? "" : CampaignDocument.Name(result.Outcome);
        text.AppendLine($"{request.Model.Scenario}  seed {request.Seed}, replicate {simulation.Replicate}  {verdict}"
            + (result.Reason is null ? "" : $": {result.Reason}"));
        for (int i = 0; i < request.Model.Observables.Count; i++)
        {
            ObservableInfo info = request.Model.Observables[i];
            string value = double.IsFinite(result.Observables[i]) ? $"{result.Observables[i]:G6} {(info.Unit == "1" ? "" : info.Unit)}" : "–";
            text.AppendLine($"  {info.Name,-22} {value}");
        }

        return text.ToString();
    }
}
