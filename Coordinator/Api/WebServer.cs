using System.Net;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What every web server of this program has in common: no settings or files of others, limits, its end.</summary>
internal static class WebServer
{
    private const int MostConnections = 1024;
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(2);

    /// <summary>A server that listens at an address.</summary>
    public static WebApplicationBuilder NewBuilder(Uri http)
    {
        // Not the working directory: nothing of it is to be read as a setting or served as a file.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Configuration.Sources.Clear();
        // A browser that kept a cookie of the process before is no error of this one.
        builder.Logging.ClearProviders().AddProvider(new WebLog()).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        builder.WebHost.ConfigureKestrel(options => Listen(options, http));
        builder.Services.AddSingleton<IHostLifetime, NodeLifetime>();
        return builder;
    }

    /// <summary>Adds the pages.</summary>
    /// <param name="builder">The server's builder.</param>
    /// <param name="api">Where the API is that they ask.</param>
    public static void AddDashboard(WebApplicationBuilder builder, Func<Uri> api)
    {
        builder.WebHost.UseStaticWebAssets();
        AddMemoryKeys(builder.Services);
        DashboardSite.AddTo(builder.Services, new(api, FrontDoor.Version));
    }

    /// <summary>Keeps the framework's own keys in memory.</summary>
    public static void AddMemoryKeys(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new MemoryKeys());
    }

    /// <summary>Where a server that has started answers.</summary>
    public static Uri UrlOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Starts a server; one that cannot start is taken down.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task StartAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends it; who is still connected has a moment.</summary>
    public static async Task StopAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(_stopPatience);
        await app.StopAsync(patience.Token).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(KestrelServerOptions options, Uri http)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = RequestText.LargestBody;
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        IPAddress address = http.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(http.Host.Trim('[', ']'));
        options.Listen(address, http.Port);
    }
}
