using System.Text.Json;
using CalciumSweep.Client;

namespace CalciumSweep.Dashboard.Client;

/// <summary>Asks the server whose users may sign in beside those who have a token.</summary>
/// <param name="connections">Where the server is.</param>
public sealed class SignInProvider(ApiConnections connections)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>Name of the provider; null if there is none, or the server does not answer: its token can be typed in all the same.</summary>
    public async Task<string?> NameAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            return (await connections.Open(_ => Task.CompletedTask).SignInWaysAsync(patience.Token).ConfigureAwait(false)).Provider;
        }
        catch (Exception e) when (e is ApiProblemException or HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }
}
