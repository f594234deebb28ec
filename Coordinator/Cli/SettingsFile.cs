using System.Text.Json;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>calciumsweep.json</c> in the working directory: one key a setting, named as its flag without dashes.</summary>
public static class SettingsFile
{
    private const string Name = "calciumsweep.json";

    private static readonly string[] _keys =
    [
        "data", "host", "http", "log-format", "log-level", "no-dashboard", "oidc-audience", "oidc-authority",
        "oidc-client", "oidc-operators", "oidc-role-claim", "oidc-scopes", "oidc-viewers", "port", "public-host", "public-url", "role", "seeds", "server", "store", "tls-authority",
        "tls-certificate", "tls-key", "token", "tokens", "width", "workers",
    ];

    /// <summary>Its settings; none if there is no such file.</summary>
    /// <exception cref="CommandException">It is no JSON object of settings, or has a key that is none.</exception>
    public static Dictionary<string, string> Read() => File.Exists(Name) ? Parse(Text()) : [];

    /// <summary>The settings in a text.</summary>
    /// <exception cref="CommandException">It is no JSON object of settings, or has a key that is none.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                Check(property.Name);
                settings[property.Name] = Value(property);
            }

            return settings;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CommandException($"{Name} is not a JSON object of settings: {e.Message}");
        }
    }

    private static string Text()
    {
        try
        {
            return File.ReadAllText(Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{Name} cannot be read: {e.Message}");
        }
    }

    private static void Check(string key)
    {
        if (!_keys.Contains(key, StringComparer.Ordinal))
        {
            string? nearest = Nearest.Of(key, _keys);
            throw new CommandException(
                $"{Name} has an unknown key '{key}'",
                nearest is null ? $"the keys are {string.Join(", ", _keys)}" : $"did you mean '{nearest}'?");
        }
    }

    private static string Value(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', property.Value.EnumerateArray().Select(item => item.ToString())),
        JsonValueKind.Object or JsonValueKind.Null => throw new CommandException(
            $"{Name}: '{property.Name}' is not a value", "a text, a number, true, false, or a list of texts"),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => property.Value.ToString(),
    };
}
