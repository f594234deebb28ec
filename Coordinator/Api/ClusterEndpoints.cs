using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary><c>/api/workers</c> and <c>/api/scenarios</c>: who computes, and what can be computed.</summary>
internal static class ClusterEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workers", async (NodeHost node, CancellationToken cancel) => TypedResults.Json(
            (await node.WorkersAsync(cancel).ConfigureAwait(false)).Select(worker => Of(worker.Node, worker.Report)).ToArray(), JsonForm.Options))
            .Produces<WorkerAnswer[]>().WithTags("cluster").WithName("workers").WithSummary("The nodes that simulate");
        api.MapPost("/workers/{worker}/drain", async (string worker, NodeHost node, CancellationToken cancel) =>
            await node.DrainAsync(worker, cancel).ConfigureAwait(false) is not (var member, var report)
                ? throw new CommandException($"there is no worker '{worker}' that answers", "GET /api/workers names them", ExitCode.NotFound)
                : TypedResults.Json(Of(member, report), JsonForm.Options))
            .Produces<WorkerAnswer>().WithTags("cluster")
            .WithName("drain").WithSummary("A worker hands back what it holds and takes nothing more; a node that is a worker alone then leaves and ends");
        api.MapGet("/scenarios", () => TypedResults.Json(
            ScenarioLibrary.Names().Select(name => ScenariosCommand.Document(ScenarioLibrary.Load(name))).ToArray(), JsonForm.Options))
            .Produces<ScenarioShort[]>().WithTags("scenarios").WithName("scenarios").WithSummary("What can be simulated");
        api.MapGet("/scenarios/{name}", Scenario)
            .Produces<ScenarioAnswer>().WithTags("scenarios").WithName("scenario").WithSummary("Parameters, observables and outcomes of a scenario");
    }

    private static JsonHttpResult<ScenarioAnswer> Scenario(string name) => ScenarioLibrary.Names().Contains(name, StringComparer.Ordinal)
        ? TypedResults.Json(DescribeCommand.Document(ScenarioLibrary.Load(name)), JsonForm.Options)
        : throw new CommandException(
            $"there is no scenario '{name}'", "known: " + string.Join(", ", ScenarioLibrary.Names()), ExitCode.NotFound);

    private static WorkerAnswer Of(NodeMember member, WorkerReport? report) => new(
        member.Address, member.Roles, member.Status, member.IsReachable, member.IsSelf, report?.Worker.Value, report?.Threads, report?.Lanes,
        report?.SolverSeconds, report?.Campaigns.Select(id => id.Value).ToArray(), report?.Busy, report?.Simulations, report?.IsDrained,
        report?.Leased, string.IsNullOrEmpty(report?.Version) ? null : report.Version);
}
