using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What every answer tells a browser: no guessing, no frames, no scripts but the server's own.</summary>
internal static class WebGuard
{
    // The components of the pages set styles, so these may be inline; scripts may not.
    // The description of the API starts itself by one.
    private const string Scripts = "script-src 'self'";
    private const string Policy = $"default-src 'self'; {Scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Middleware.</summary>
    public static Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase) ? Policy.Replace(Scripts, Scripts + " 'unsafe-inline'", StringComparison.Ordinal) : Policy;
        return next(context);
    }

    /// <summary>True if a request comes from a page of this server, or from no page: a browser says where one comes from, and a cookie is good for our own pages only.</summary>
    public static bool IsOwnPage(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
