using System.Text;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A request's body as text, bounded.</summary>
internal static class RequestText
{
    /// <summary>Largest body, bytes: that of a spec file.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, a form, or not UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new BadHttpRequestException("the body is a form: send the spec itself", StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel).ConfigureAwait(false);
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF');
            return text.Contains('\0') ? throw NotText() : text;
        }
        catch (DecoderFallbackException)
        {
            throw NotText();
        }
    }

    private static BadHttpRequestException NotText() => new("the body is not UTF-8 text", StatusCodes.Status400BadRequest);
}
