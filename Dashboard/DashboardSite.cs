using CalciumSweep.Dashboard.Client;
using CalciumSweep.Dashboard.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace CalciumSweep.Dashboard;

/// <summary>Puts the dashboard into a web host.</summary>
public static class DashboardSite
{
    // What a page kept from its first drawing comes back with the first message; a spec that is written is at most 1 MB.
    private const int LargestMessage = 1 << 20;

    /// <summary>Adds what its pages need.</summary>
    public static void AddTo(IServiceCollection services, DashboardSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ApiConnections>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SignInProvider>();
        services.AddScoped(provider =>
        {
            AuthenticationStateProvider authentication = provider.GetRequiredService<AuthenticationStateProvider>();
            return provider.GetRequiredService<ApiConnections>().Open(async request => request.Headers.TryAddWithoutValidation(
                "Cookie", Session.Cookie((await authentication.GetAuthenticationStateAsync().ConfigureAwait(false)).User)));
        });
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A page that was left is not kept for long: it is loaded anew in no time.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            options.DisconnectedCircuitMaxRetained = 50;
        }).AddHubOptions(options => options.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices();
    }

    /// <summary>Serves its files; to be called before routing.</summary>
    public static void UseFiles(WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
    });

    /// <summary>Adds its pages, after routing; the host has said who asks (<see cref="Session.Of"/>).</summary>
    public static void MapPages(WebApplication app)
    {
        app.UseAntiforgery();

        // The host forbids frames, with everything else that it says to browsers.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
