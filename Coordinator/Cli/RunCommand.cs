using System.CommandLine;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>run SPEC.yaml</c>: the main job, all in this process; the same command again goes on.</summary>
public static class RunCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var spec = new Argument<string>("spec") { Description = "Spec file (YAML)" };
        var node = new NodeOptions();
        var command = new Command("run", "Simulate a sweep here; the same command again goes on") { spec };
        node.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            PlanReading reading = SpecReader.Read(parsed.GetRequiredValue(spec));
            if (!SupervisedRun.IsOne)
            {
                FrontDoor.Face(parsed).Warn(reading.Warnings);
            }

            var campaign = new EmbeddedCampaign(FrontDoor.Face(parsed), node.Settings(parsed), reading.Plan);
            return await campaign.RunAsync(parsed.GetValue(CommonOptions.Yes)).ConfigureAwait(false);
        });
        return command;
    }
}
