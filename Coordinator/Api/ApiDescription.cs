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
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            }
        }

        return Task.CompletedTask;
    }
}
