using System.Net.Http.Json;
using System.Text.Json;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Dashboard.Client;

/// <summary>Asks the server whose users may sign in beside those who have a token.</summary>
/// <param name="http">Connections.</param>
/// <param name="settings">Where the server is.</param>
public sealed class SignInProvider(ApiConnections http, DashboardSettings settings)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>Name of the provider; null if there is none, or the server does not answer: its token can be typed in all the same.</summary>
    public async Task<string?> NameAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            return (await http.Client.GetFromJsonAsync<SignInWays>(new Uri(settings.Api(), "sign-in/ways"), _json, patience.Token).ConfigureAwait(false))?.Provider;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }
}
