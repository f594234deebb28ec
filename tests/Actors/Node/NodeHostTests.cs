using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Actors.Node;

/// <summary>Nodes change the process's log and compete for the cores: one after the other.</summary>
[Collection("nodes")]
public sealed class NodeHostTests
{
    private static readonly CancellationToken _never = CancellationToken.None;

    [Fact]
    public async Task A_campaign_completes_and_every_simulation_is_stored_once()
    {
        using var folder = new TemporaryFolder();
        await using NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
        Plan plan = NoOpPlans.Plan(200, 50);

        await node.SubmitAsync(plan, GrainLayout.Choose(200, 50, 1e-4), _never);
        CampaignView view = await Until(node, plan, CampaignStatus.Completed);

        Assert.Equal(10_000, view.Done);
        Assert.Equal(10_000, view.Simulated);
        Assert.Equal(10_000, view.Tally.Total);
        Assert.Null(view.Problem);
        Assert.StartsWith("sha256:", view.Digest, StringComparison.Ordinal);
    }

    private static async Task<CampaignView> Until(NodeHost node, Plan plan, CampaignStatus status)
    {
        while (true)
        {
            CampaignView view = await node.StatusAsync(plan.Id, _never);
            if (view.State == status)
            {
                return view;
            }

            await Task.Delay(20);
        }
    }
}
