namespace CalciumSweep.Dashboard.Client;

/// <summary>The connections to the API, shared by all pages.</summary>
public sealed class ApiConnections : IDisposable
{
    /// <summary>Sends requests; knows nobody's session.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(100),
    };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
