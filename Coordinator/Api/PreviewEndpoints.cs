using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What helps before a campaign is submitted, and to look closely afterwards: checks, templates, laws, recomputation.</summary>
internal static class PreviewEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/validate", async (HttpRequest request, CampaignDesk desk, CancellationToken cancel, string? file = null) =>
            TypedResults.Json(
                await desk.PreviewAsync(await RequestText.ReadAsync(request, cancel).ConfigureAwait(false), file ?? "spec.yaml", cancel).ConfigureAwait(false),
                JsonForm.Options))
            .Produces<PreviewAnswer>().WithTags("campaigns").WithName("validate").WithSummary("Checks a spec and tells what it would cost; changes nothing");
        api.MapGet("/campaigns/{id}/plan", (string id, CampaignDesk desk) => desk.Archive.Get(id) is var record
            ? TypedResults.Json(PlanDocument.Of(record, desk.PlanOf(record)), JsonForm.Options) : null)
            .Produces<PlanAnswer>().WithTags("campaigns").WithName("plan").WithSummary("What a campaign asks for: axes, observables, outcomes");
        api.MapGet("/campaigns/{id}/points/{index:long}/trace", async (
                string id, long index, Recomputation recomputation, CancellationToken cancel, int replicate = 0) =>
            TypedResults.Json(await recomputation.RunAsync(id, index, replicate, cancel).ConfigureAwait(false), JsonForm.Options))
            .Produces<TraceAnswer>().WithTags("results").WithName("trace").WithSummary("One simulation computed anew, with its trajectory");
        api.MapGet("/scenarios/{name}/template", (string name) => TypedResults.Text(SpecTemplate.Of(ScenarioLibrary.Load(Known(name))), "application/yaml", Encoding.UTF8))
            .Produces<Stream>(StatusCodes.Status200OK, "application/yaml").WithTags("scenarios").WithName("template").WithSummary("A spec to begin with");
        api.MapGet("/scenarios/{name}/mechanisms", (string name) => TypedResults.Json(MechanismLibrary.IdsIn(ScenarioLibrary.Text(Known(name))), JsonForm.Options))
            .Produces<string[]>().WithTags("scenarios").WithName("mechanismsOf").WithSummary("Ids of the flux laws that a scenario is made of");
        api.MapGet("/mechanisms", () => TypedResults.Json(MechanismLibrary.All, JsonForm.Options))
            .Produces<MechanismAnswer[]>().WithTags("scenarios").WithName("mechanisms").WithSummary("Every flux law: equation, parameters, bounds, source");
    }

    private static string Known(string name) => ScenarioLibrary.Names().Contains(name, StringComparer.Ordinal) ? name
        : throw new CommandException($"there is no scenario '{name}'", "known: " + string.Join(", ", ScenarioLibrary.Names()), ExitCode.NotFound);
}
