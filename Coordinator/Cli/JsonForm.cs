using System.Text.Encodings.Web;
using System.Text.Json;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>How everything that programs read is written: camelCase, µ as µ, null for what is not a number.</summary>
public static class JsonForm
{
    /// <summary>The form.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new FiniteNumber() },
    };

    /// <summary>A document as text.</summary>
    public static string Of(object document) => JsonSerializer.Serialize(document, Options);
}
