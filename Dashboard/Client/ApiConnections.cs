using CalciumSweep.Client;

namespace CalciumSweep.Dashboard.Client;

/// <summary>The connections to the API, shared by all pages; know nobody's session.</summary>
public sealed class ApiConnections(DashboardSettings settings) : IDisposable
{
    private readonly ProblemHandler _shared = new(ProblemHandler.NewConnections());

    /// <summary>The API as somebody sees it.</summary>
    /// <param name="session">Puts their session on a request.</param>
    public SweepApi Open(Func<HttpRequestMessage, Task> session) => new(
        new HttpClient(new SessionHandler(session, _shared), disposeHandler: false)
        {
            BaseAddress = settings.Api(),
            Timeout = Timeout.InfiniteTimeSpan,
        });

    /// <inheritdoc/>
    public void Dispose() => _shared.Dispose();

    private sealed class SessionHandler(Func<HttpRequestMessage, Task> session, HttpMessageHandler shared) : DelegatingHandler(shared)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await session(request).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
