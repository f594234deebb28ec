using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Coordinator.Observation;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Scalar.AspNetCore;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The HTTP API of a node; of a worker alone only how it is: <c>/metrics</c> and <c>/health</c>.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private const int RequestsAtATime = 64, RequestsWaiting = 256, RequestsPerSecond = 500, RequestsBurst = 1000;
    private readonly WebApplication _app;

    private ApiHost(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Url => WebServer.UrlOf(_app);

    /// <summary>Starts it.</summary>
    /// <param name="node">The node; lives longer than this.</param>
    /// <param name="http">Where to listen.</param>
    /// <param name="token">The operator's key to it; null for a worker alone, which has nothing to keep.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<ApiHost> StartAsync(NodeHost node, Uri http, string? token, CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebServer.NewBuilder(http);
        if (token is null)
        {
            return await StartAsync(node, builder, cancel).ConfigureAwait(false);
        }

        IReadOnlyList<AccessKey> keys = [new("operator", Session.Operator, token), .. node.Settings.Keys];
        AddServices(builder.Services, node);
        if (node.Settings.Oidc is { } oidc)
        {
            WebServer.AddMemoryKeys(builder.Services);
            OidcServices.AddTo(builder.Services, oidc, keys, token);
        }

        bool hasDashboard = node.Settings.Roles.HasFlag(NodeRoles.Dashboard);
        WebApplication? app = null;
        if (hasDashboard)
        {
            WebServer.AddDashboard(builder, () => Reachable(WebServer.UrlOf(app!)));
        }

        app = builder.Build();
        Map(app, keys, hasDashboard);
        await WebServer.StartAsync(app, cancel).ConfigureAwait(false);
        return new(app);
    }

    private static async Task<ApiHost> StartAsync(NodeHost node, WebApplicationBuilder builder, CancellationToken cancel)
    {
        AddObservation(builder.Services, node);
        WebApplication app = builder.Build();
        app.Use(WebGuard.HandleAsync);
        app.UseRouting();
        MapObservation(app);
        await WebServer.StartAsync(app, cancel).ConfigureAwait(false);
        return new(app);
    }

    /// <summary>The node goes on with its campaigns: it has started.</summary>
    public void Started() => Health.Started();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Health.Stopping();
        await WebServer.StopAsync(_app).ConfigureAwait(false);
    }

    private NodeHealth Health => _app.Services.GetRequiredService<NodeHealth>();

    // Who listens on every address is reached at this one.
    private static Uri Reachable(Uri url) => url.Host is "0.0.0.0" or "[::]"
        ? new UriBuilder(url) { Host = url.Host == "[::]" ? "[::1]" : "127.0.0.1" }.Uri : url;

    private static void AddObservation(IServiceCollection services, NodeHost node)
    {
        services.AddSingleton(node);
        services.AddSingleton<NodeHealth>();
        services.AddOpenTelemetry().WithMetrics(metrics => NodeTelemetry.Metered(metrics).AddPrometheusExporter());
    }

    private static void MapObservation(WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        HealthEndpoints.Map(app);
    }

    private static void AddServices(IServiceCollection services, NodeHost node)
    {
        AddObservation(services, node);
        services.AddSingleton<CampaignDesk>();
        services.AddSingleton(new LiveDiagrams(node.Store));
        services.AddSingleton<Recomputation>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton(new AuditLog(node.Settings.DataFolder));
        services.AddSingleton<EventFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<EventFeed>());

        // What describes the API: answers are written, and bodies read, by JsonForm.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(options => options.AddDocumentTransformer(ApiDescription.CompleteAsync));
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                ? RateLimitPartition.GetTokenBucketLimiter(context.User.Identity?.Name ?? "", _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = RequestsBurst,
                    TokensPerPeriod = RequestsPerSecond / 10,
                    ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                })
                : RateLimitPartition.GetNoLimiter(""));
            limits.AddPolicy("api", _ => RateLimitPartition.GetConcurrencyLimiter("api", _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = RequestsAtATime,
                QueueLimit = RequestsWaiting,
            }));
        });
    }

    private static void Map(WebApplication app, IReadOnlyList<AccessKey> keys, bool hasDashboard)
    {
        AuditLog audit = app.Services.GetRequiredService<AuditLog>();
        var gate = new TokenGate(
            keys, audit, app.Services.GetRequiredService<SignInLimit>(), app.Services.GetService<OidcBearer>(), app.Services.GetService<SealedSessions>());
        PublicAddress.Use(app, app.Services.GetRequiredService<NodeHost>().Settings.PublicUrl);
        app.Use(Problems.HandleAsync);
        app.Use(WebGuard.HandleAsync);
        app.Use(audit.HandleAsync);
        if (app.Services.GetService<OidcSignIn>() is { } signIn)
        {
            app.Use(signIn.HandleAsync);
            app.UseAuthentication();
        }

        app.Use(gate.HandleAsync);
        if (hasDashboard)
        {
            DashboardSite.UseFiles(app);
        }

        app.UseRouting();
        app.UseRateLimiter();
        app.MapOpenApi();
        app.MapScalarApiReference("/scalar", page => page.WithTitle("CalciumSweep").DisableDefaultFonts().DisableTelemetry());
        MapObservation(app);
        AccessEndpoints.MapWays(app);
        if (hasDashboard)
        {
            DashboardSite.MapPages(app);
        }
        else
        {
            app.MapGet("/", () => TypedResults.Text($"CalciumSweep {FrontDoor.Version}\nThe API is described at /openapi/v1.json\n"))
                .ExcludeFromDescription();
        }

        RouteGroupBuilder api = app.MapGroup("/api").RequireRateLimiting("api");
        CampaignEndpoints.Map(api);
        ResultEndpoints.Map(api);
        EventEndpoints.Map(api);
        ClusterEndpoints.Map(api);
        PreviewEndpoints.Map(api);
        AccessEndpoints.Map(api);
    }
}
