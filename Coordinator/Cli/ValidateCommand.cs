using System.CommandLine;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>validate SPEC.yaml</c>: checks everything and tells what it would cost; changes nothing.</summary>
public static class ValidateCommand
{
    private static readonly TimeSpan _pilotBudget = TimeSpan.FromSeconds(3);

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var spec = new Argument<string>("spec") { Description = "Spec file (YAML)" };
        var command = new Command("validate", "Check a spec and tell what it would cost; changes nothing") { spec };
        command.SetAction(parsed =>
        {
            PlanReading reading = SpecReader.Read(parsed.GetRequiredValue(spec));
            FrontDoor.Face(parsed).Warn(reading.Warnings);
            PilotEstimate pilot = Pilot.Run(reading.Plan, LaneWidth.Best, _pilotBudget);
            var layout = GrainLayout.Choose(reading.Plan.Points, reading.Plan.Spec.Replicates, pilot.MeanSeconds);
            var cost = new PlanCost(reading.Plan, pilot, Environment.ProcessorCount);
            FrontDoor.Face(parsed).Show(Document(reading, layout, cost), () => Text(reading.Plan, layout, cost, pilot));
            return ExitCode.Done;
        });
        return command;
    }

    private static object Document(PlanReading reading, GrainLayout layout, PlanCost cost) => new
    {
        valid = true,
        campaign = reading.Plan.Id.Value,
        identity = reading.Plan.Identity,
        scenario = reading.Plan.Model.Scenario,
        axes = reading.Plan.Spec.Axes.Select(a => new { parameter = a.Parameter, unit = a.Unit, points = a.Values.Count }),
        points = reading.Plan.Points,
        replicates = reading.Plan.Spec.Replicates,
        simulations = reading.Plan.Simulations,
        grains = layout.Grains,
        estimatedSeconds = new { low = cost.LowSeconds, high = cost.HighSeconds },
        estimatedBytes = cost.Bytes,
        warnings = reading.Warnings,
    };

    private static string Text(Plan plan, GrainLayout layout, PlanCost cost, PilotEstimate pilot) =>
        $"{PlanText.Sweep(plan)}\n"
        + $"Grains    {layout.Grains:N0}\n"
        + $"Estimate  {PlanText.Range(cost)} here ({pilot.Points} pilot points), at most {PlanText.Size(cost.Bytes)} of results\n"
        + "OK\n";
}
