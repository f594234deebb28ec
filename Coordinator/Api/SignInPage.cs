using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A page without scripts that ends a sign-in: it goes on by itself, or says in a sentence why not.</summary>
internal static class SignInPage
{
    /// <summary>
    /// Goes on to a page of this server. A redirect would not do: it would still belong to the journey that began at the provider, and
    /// the browser would keep the session cookie back, as that goes with requests of this site alone.
    /// </summary>
    public static Task GoOnAsync(HttpContext context, string path)
    {
        string target = HtmlEncoder.Default.Encode(path);
        return WriteAsync(
            context, StatusCodes.Status200OK, "Signed in", $"""<a href="{target}" autofocus>Go on</a>""",
            $"""<meta http-equiv="refresh" content="0;url={target}" />""");
    }

    /// <summary>Says why not.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string sentence) => WriteAsync(
        context, status, "Not signed in", $"""<span role="alert">{HtmlEncoder.Default.Encode(sentence)}.</span> <a href="/">Back to the sign-in page</a>""", "");

    private static Task WriteAsync(HttpContext context, int status, string heading, string text, string head)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              {head}
              <title>{heading} · CalciumSweep</title>
              <link rel="stylesheet" href="/_content/CalciumSweep.Dashboard/dashboard.css" />
              <link rel="icon" type="image/svg+xml" href="/_content/CalciumSweep.Dashboard/icon.svg" />
            </head>
            <body>
              <main class="sign-in"><div class="panel"><h1>{heading}</h1><p>{text}</p></div></main>
            </body>
            </html>

            """,
            context.RequestAborted);
    }
}
