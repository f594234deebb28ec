using Microsoft.AspNetCore.Builder;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// The address that browsers see when a proxy with TLS stands in front: what comes to its host came over its scheme, so that
/// pages of it are the server's own, and session cookies go over TLS only.
/// </summary>
internal static class PublicAddress
{
    /// <summary>Adds it to a server, before all else.</summary>
    /// <param name="app">The server.</param>
    /// <param name="address">The address; null if browsers come without a proxy.</param>
    public static void Use(WebApplication app, Uri? address)
    {
        if (address is null)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (string.Equals(context.Request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase))
            {
                context.Request.Scheme = address.Scheme;
            }

            return next(context);
        });
    }
}
