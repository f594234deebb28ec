using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CalciumSweep.Coordinator.Cli;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A request's body as text, bounded.</summary>
internal static class RequestText
{
    /// <summary>Largest body, bytes: that of a spec file.</summary>
    public const int LargestBody = 1 << 20;

    // What is not known is refused, never ignored.
    private static readonly JsonSerializerOptions _strict = new(JsonForm.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    };

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

    /// <summary>Reads it as a JSON object.</summary>
    /// <exception cref="BadHttpRequestException">It is none, or not of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancel)
        where T : class => Parse<T>(await ReadAsync(request, cancel).ConfigureAwait(false));

    /// <summary>The same; null if there is no body.</summary>
    /// <exception cref="BadHttpRequestException">It is none, or not of this form.</exception>
    public static async Task<T?> ReadIfAnyAsync<T>(HttpRequest request, CancellationToken cancel)
        where T : class
    {
        string text = await ReadAsync(request, cancel).ConfigureAwait(false);
        return text.AsSpan().Trim() is "" or "null" ? null : Parse<T>(text);
    }

    private static T Parse<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, _strict) ?? throw new BadHttpRequestException("the body is null");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException($"the body is not the JSON object that is wanted: {e.Message}", StatusCodes.Status400BadRequest, e);
        }
    }

    private static BadHttpRequestException NotText() => new("the body is not UTF-8 text", StatusCodes.Status400BadRequest);
}
