using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Session cookies of those who have no token: name, role and end, sealed. Nothing of them is kept here.</summary>
/// <param name="sealing">Seals; the same on every server that is to understand them.</param>
/// <param name="time">Tells the time.</param>
internal sealed class SealedSessions(IDataProtectionProvider sealing, TimeProvider time)
{
    /// <summary>A session ends so long after the sign-in: twelve hours.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly IDataProtector _sealing = sealing.CreateProtector("session");

    /// <summary>A cookie's value for somebody.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role"><c>viewer</c> or <c>operator</c>.</param>
    public string Issue(string name, string role) => WebEncoders.Base64UrlEncode(_sealing.Protect(
        JsonSerializer.SerializeToUtf8Bytes(new Content(name, role, (time.GetUtcNow() + Longest).ToUnixTimeSeconds()))));

    /// <summary>Whose a cookie is; null if it was made elsewhere, was altered, or is over.</summary>
    public ClaimsPrincipal? Find(string cookie)
    {
        try
        {
            Content? session = JsonSerializer.Deserialize<Content>(_sealing.Unprotect(WebEncoders.Base64UrlDecode(cookie)));
            return session is not null && time.GetUtcNow().ToUnixTimeSeconds() < session.End
                ? Session.Of(session.Name, session.Role, cookie) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Everything that decides who is let in as what: sessions end when it changes.</summary>
    public static string ContextOf(OidcSettings settings) => new StringBuilder()
        .Append(settings.Authority).Append('\n').Append(settings.Client).Append('\n').Append(settings.RoleClaim).Append('\n')
        .AppendJoin(',', settings.Operators.Order(StringComparer.Ordinal)).Append('\n')
        .AppendJoin(',', settings.Viewers.Order(StringComparer.Ordinal)).ToString();

    private sealed record Content(string Name, string Role, long End);
}
