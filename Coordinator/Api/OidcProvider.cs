using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The provider's addresses and keys, read when they are first wanted, then from time to time and when a token names a key that is not known.</summary>
internal sealed class OidcProvider : IDisposable
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15), _silence = TimeSpan.FromSeconds(5), _betweenUnknownKeys = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly bool _isSecure;
    private Task<bool>? _attempt;
    private long _silentSince;
    private bool _isSilent;

    // Whoever brings a new key waits until it is known, instead of being refused once.
    static OidcProvider() => AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

    /// <summary>Asks nothing yet.</summary>
    public OidcProvider(OidcSettings settings)
    {
        _isSecure = settings.Authority.Scheme == Uri.UriSchemeHttps;
        Http = new HttpClient { Timeout = _patience, MaxResponseContentBufferSize = MostBytes };
        Configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            settings.Authority.ToString().TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(Http) { RequireHttps = _isSecure })
        {
            RefreshInterval = _betweenUnknownKeys,

            // A key that the provider took back is good no more.
            UseLastKnownGoodConfiguration = false,
        };
    }

    /// <summary>Connections to it.</summary>
    public HttpClient Http { get; }

    /// <summary>What it says of itself.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Configuration { get; }

    /// <summary>
    /// True if its addresses and keys are known. All who ask at a time wait for one answer, and one that did not come is not waited for
    /// again within five seconds.
    /// </summary>
    public Task<bool> IsKnownAsync()
    {
        lock (_lock)
        {
            bool isOver = _isSilent && TimeProvider.System.GetElapsedTime(_silentSince) > _silence;
            return _attempt = _attempt is null || isOver ? TryAsync() : _attempt;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private async Task<bool> TryAsync()
    {
        bool isKnown = false;
        _isSilent = false;
        try
        {
            OpenIdConnectConfiguration said = await Configuration.GetConfigurationAsync(CancellationToken.None).ConfigureAwait(false);
            isKnown = !_isSecure || new[] { said.AuthorizationEndpoint, said.TokenEndpoint }.All(url => url?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) != false);
            if (!isKnown)
            {
                // Neither the client's secret nor a code goes there in the clear.
                Serilog.Log.Error("The sign-in provider names addresses without TLS: {Authorization}, {Token}", said.AuthorizationEndpoint, said.TokenEndpoint);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            Serilog.Log.Warning("The sign-in provider does not answer: {Reason}", e.GetBaseException().Message);
        }

        lock (_lock)
        {
            (_isSilent, _silentSince) = (!isKnown, TimeProvider.System.GetTimestamp());
            return isKnown;
        }
    }
}
