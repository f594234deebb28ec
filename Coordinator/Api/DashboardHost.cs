using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The dashboard in a process of its own: its pages here, everything under <c>/api</c> handed on to a server.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Starts it.</summary>
    /// <param name="http">Where to listen.</param>
    /// <param name="server">The server that it shows.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<DashboardHost> StartAsync(Uri http, Uri server, CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddProvider(new WebLog());
        builder.WebHost.ConfigureKestrel(options => ApiHost.Listen(options, http));
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton<IHostLifetime, NodeLifetime>();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(new ServerForward(server));
        DashboardSite.AddTo(builder.Services, new(() => server, FrontDoor.Version));
        WebApplication app = builder.Build();
        ServerForward forward = app.Services.GetRequiredService<ServerForward>();
        app.Use(Problems.HandleAsync);
        app.Use(WebGuard.HandleAsync);
        app.Use(forward.HandleAsync);
        DashboardSite.UseFiles(app);
        app.UseRouting();
        DashboardSite.MapPages(app);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
