using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What <c>/openapi/v1.json</c> says beside the endpoints: name, version and how to show the token.</summary>
internal static class ApiDescription
{
    private const string Scheme = "token";

    /// <summary>Completes the document.</summary>
    public static async Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        // Wherever it is asked: the document says the same of every server.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Info.Title = "CalciumSweep";
        document.Info.Version = FrontDoor.Version;
        document.Info.Description = "Sweeps of calcium-signalling models: campaigns, their results and who computes them.";
        await AddAsync<ProblemAnswer>(document, context, cancel).ConfigureAwait(false);
        await AddAsync<CampaignNews>(document, context, cancel).ConfigureAwait(false);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The file 'token' in the server's data folder, or the token that the server was given.",
        };
        foreach (IOpenApiPathItem path in document.Paths.Where(p => p.Key.StartsWith("/api", StringComparison.Ordinal)).Select(p => p.Value))
        {
            foreach (OpenApiOperation operation in path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            {
                AddProblem(operation, document);
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            }
        }

        AddSpec(document, "/api/campaigns");
        AddSpec(document, "/api/validate");
        await AddAsync<RetryRequest>(document, context, cancel).ConfigureAwait(false);
        document.Paths["/api/campaigns/{id}/retry"].Operations![HttpMethod.Post].RequestBody = new OpenApiRequestBody
        {
            Description = "Which; without it all.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(RetryRequest), document) },
            },
        };
    }

    private static async Task AddAsync<T>(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel) =>
        document.AddComponent(typeof(T).Name, await context.GetOrCreateSchemaAsync(typeof(T), null, cancel).ConfigureAwait(false));

    // The body is read as it comes, whatever type it says to be of.
    private static void AddSpec(OpenApiDocument document, string path)
    {
        var text = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        document.Paths[path].Operations![HttpMethod.Post].RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A spec file, at most 1 MB of UTF-8.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/yaml"] = text, ["application/json"] = text },
        };
    }

    private static void AddProblem(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem document (RFC 9457) with the errors that the command line shows: message, path, line, column, hint.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ProblemAnswer.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemAnswer), document) },
            },
        };
    }
}
