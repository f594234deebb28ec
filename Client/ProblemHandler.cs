using System.Net.Http.Json;
using System.Text.Json;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Client;

/// <summary>Turns every answer that is no success, and silence, into an <see cref="ApiProblemException"/>.</summary>
public sealed class ProblemHandler : DelegatingHandler
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Between a client and its connections.</summary>
    public ProblemHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>Connections as a client of the API wants them: no cookies of its own, no address but the one that was asked.</summary>
    public static SocketsHttpHandler NewConnections() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Exception cause = e is HttpRequestException ? e : new TimeoutException($"no answer within {_patience.TotalSeconds} s");
            throw new ApiProblemException(ApiProblemException.Sentence(503, $"the server does not answer: {cause.Message}"), cause) { IsSilent = true };
        }

        if ((int)response.StatusCode < 400)
        {
            return response;
        }

        using (response)
        {
            throw await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    // A proxy in between, or another program, answers in a form of its own.
    private static async Task<ApiProblemException> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == ProblemAnswer.MediaType
                && await response.Content.ReadFromJsonAsync<ProblemAnswer>(SweepApi.Json, cancel).ConfigureAwait(false) is { Errors.Count: > 0 } problem)
            {
                return new(problem);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        int status = (int)response.StatusCode;
        return new(ApiProblemException.Sentence(status, $"the server answers {status} {response.ReasonPhrase}")) { IsForeign = true };
    }
}
