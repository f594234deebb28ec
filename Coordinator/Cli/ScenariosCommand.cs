using System.CommandLine;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>scenarios</c>: what can be simulated.</summary>
public static class ScenariosCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var command = new Command("scenarios", "What can be simulated");
        command.SetAction(parsed =>
        {
            Model[] models = [.. ScenarioLibrary.Names().Select(ScenarioLibrary.Load)];
            FrontDoor.Face(parsed).Show(
                models.Select(Document),
                () => string.Concat(models.Select(m => $"{m.Scenario,-22} {m.Summary}\n"))
                    + "\ncalciumsweep describe SCENARIO shows its parameters and observables\n");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A scenario in short.</summary>
    public static ScenarioShort Document(Model model) => new(model.Scenario, model.Summary, model.IsStochastic);
}
