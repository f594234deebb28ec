using CalciumSweep.Coordinator.Cli;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What <c>/openapi/v1.json</c> says beside the endpoints: name, version and how to show the token.</summary>
internal static class ApiDescription
{
    private const string Scheme = "token";

    /// <summary>Completes the document.</summary>
    public static Task Complete(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "CalciumSweep";
        document.Info.Version = FrontDoor.Version;
        document.Info.Description = "Sweeps of calcium-signalling models: campaigns, their results and who computes them.";
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
                AddProblem(operation);
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            }
        }

        AddSpec(document);
        return Task.CompletedTask;
    }

    // The body is read as it comes, whatever type it says to be of.
    private static void AddSpec(OpenApiDocument document)
    {
        var text = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        document.Paths["/api/campaigns"].Operations![HttpMethod.Post].RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A spec file, at most 1 MB of UTF-8.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/yaml"] = text, ["application/json"] = text },
        };
    }

    private static void AddProblem(OpenApiOperation operation)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem document (RFC 9457) with the errors that the command line shows: message, path, line, column, hint.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ServerProblem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
            },
        };
    }
}
