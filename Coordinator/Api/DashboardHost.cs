using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The dashboard in a process of its own: its pages here, everything under <c>/api</c> handed on to a server.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Url => WebServer.UrlOf(_app);

    /// <summary>Starts it.</summary>
    /// <param name="http">Where to listen.</param>
    /// <param name="server">The server that it shows.</param>
    /// <param name="publicUrl">The address that browsers see; null: where it listens.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<DashboardHost> StartAsync(Uri http, Uri server, Uri? publicUrl, CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebServer.NewBuilder(http);
        builder.Services.AddSingleton(new ServerForward(server));
        WebServer.AddDashboard(builder, () => server);
        WebApplication app = builder.Build();
        ServerForward forward = app.Services.GetRequiredService<ServerForward>();
        PublicAddress.Use(app, publicUrl);
        app.Use(Problems.HandleAsync);
        app.Use(WebGuard.HandleAsync);
        app.Use(forward.HandleAsync);
        DashboardSite.UseFiles(app);
        app.UseRouting();
        HealthEndpoints.MapAlone(app);
        DashboardSite.MapPages(app);
        await WebServer.StartAsync(app, cancel).ConfigureAwait(false);
        return new(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await WebServer.StopAsync(_app).ConfigureAwait(false);
}
