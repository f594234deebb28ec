using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What every answer tells a browser: no guessing, no frames, no scripts but the server's own.</summary>
internal static class WebGuard
{
    // The components of the pages set styles, so these may be inline; scripts may not.
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Middleware.</summary>
    public static Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        return next(context);
    }
}
