using System.Net;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Every answer that is no success is a problem document, with the sentences that the command line shows.</summary>
internal static class Problems
{
    private const string Kind = "urn:calciumsweep:problem:";

    /// <summary>Turns exceptions, and answers without a body, into problem documents.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response.StatusCode >= 400 && !context.Response.HasStarted && context.Response.ContentType is null)
            {
                await WriteAsync(context, context.Response.StatusCode, Sentence(context), null).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            (int status, IReadOnlyList<SpecError> errors) = Explain(e);
            if (status == StatusCodes.Status500InternalServerError)
            {
                Serilog.Log.Error(e, "{Method} {Path}", context.Request.Method, context.Request.Path.Value);
            }

            context.Response.Clear();
            await WriteAsync(context, status, errors).ConfigureAwait(false);
        }
    }

    /// <summary>Writes one.</summary>
    public static Task WriteAsync(HttpContext context, int status, string message, string? hint) =>
        WriteAsync(context, status, [new(message, null, null, null, hint)]);

    private static async Task WriteAsync(HttpContext context, int status, IReadOnlyList<SpecError> errors)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "2";
        }

        string title = ReasonPhrases.GetReasonPhrase(status);
        var problem = new ProblemAnswer(
            Kind + title.ToLowerInvariant().Replace(' ', '-'), title, status, string.Join('\n', errors.Select(e => e.Message)),
            context.Request.Path.Value ?? "/", errors);
        await context.Response.WriteAsJsonAsync(problem, JsonForm.Options, ProblemAnswer.MediaType, context.RequestAborted).ConfigureAwait(false);
    }

    private static (int Status, IReadOnlyList<SpecError> Errors) Explain(Exception exception)
    {
        (int code, IReadOnlyList<SpecError> errors) = Faces.Explain(exception);
        return (exception switch
        {
            SpecException => IsYaml(errors) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest,
            BadHttpRequestException bad => bad.StatusCode,
            CommandException { IsConflict: true } => StatusCodes.Status409Conflict,
            StoreUnavailableException or NodeSilentException => StatusCodes.Status503ServiceUnavailable,
            _ => code switch
            {
                ExitCode.NotFound => StatusCodes.Status404NotFound,
                ExitCode.BadInput => StatusCodes.Status400BadRequest,
                ExitCode.Interrupted => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        }, exception is BadHttpRequestException ? [new(exception.Message, null, null, null, null)] : errors);
    }

    // Well-formed but wrong is 422; what cannot be read at all is 400.
    private static bool IsYaml(IReadOnlyList<SpecError> errors) =>
        !errors.Any(e => e.Path is null && e.Message.StartsWith("not YAML", StringComparison.Ordinal));

    private static string Sentence(HttpContext context) => (HttpStatusCode)context.Response.StatusCode switch
    {
        HttpStatusCode.NotFound => $"there is nothing at {context.Request.Path}",
        HttpStatusCode.MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}",
        HttpStatusCode.TooManyRequests => "too many requests at once: try again",
        HttpStatusCode.ServiceUnavailable => "not now: try again",
        _ => ReasonPhrases.GetReasonPhrase(context.Response.StatusCode),
    };
}
