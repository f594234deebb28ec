using System.Text.Json;
using CalciumSweep.Dashboard;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Reads name and role from what a provider says of somebody.</summary>
/// <param name="settings">Which values give which role.</param>
/// <param name="keys">The names of tokens, which nobody else has.</param>
internal sealed class OidcClaims(OidcSettings settings, IReadOnlyList<AccessKey> keys)
{
    private const int LongestName = 100;

    // Most telling first.
    private static readonly string[] _names = ["preferred_username", "email", "name", "sub"];

    // The audit log knows others by these.
    private static readonly string[] _taken = ["server", "unknown"];

    /// <summary>Whose they are; as no token and no other entry of the audit log is named.</summary>
    /// <param name="said">What was said in one place and in another, most trusted first.</param>
    public string NameOf(IReadOnlyList<JsonElement> said)
    {
        string name = _names.SelectMany(claim => said.Select(claims => Text(claims, claim))).FirstOrDefault(text => text.Length > 0) ?? "somebody";
        return _taken.Contains(name, StringComparer.OrdinalIgnoreCase) || keys.Any(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase))
            ? $"{name} ({settings.Host})" : name;
    }

    /// <summary><c>operator</c> or <c>viewer</c>; null if they give neither.</summary>
    public string? RoleOf(JsonElement claims)
    {
        string[] values = [.. Values(claims, settings.RoleClaim)];
        return values.Intersect(settings.Operators, StringComparer.Ordinal).Any() ? Session.Operator
            : values.Intersect(settings.Viewers, StringComparer.Ordinal).Any() ? Session.Viewer : null;
    }

    /// <summary>Why somebody without a role is not let in: one sentence.</summary>
    public string NoRole(string name) =>
        $"{name} has no role here: the claim '{settings.RoleClaim}' holds no value that makes a viewer or an operator";

    // A name may hold dots itself, as addresses do: the longest one that is there counts.
    private static IEnumerable<string> Values(JsonElement claims, string path)
    {
        if (claims.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (claims.TryGetProperty(path, out JsonElement value))
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => [value.GetString()!],
                JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
                _ => [],
            };
        }

        for (int dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            if (claims.TryGetProperty(path[..dot], out JsonElement inner))
            {
                return Values(inner, path[(dot + 1)..]);
            }
        }

        return [];
    }

    private static string Text(JsonElement claims, string claim)
    {
        string text = claims.TryGetProperty(claim, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        string clean = string.Concat(text.Where(c => !char.IsControl(c))).Trim();
        return clean.Length <= LongestName ? clean : clean[..LongestName];
    }
}
