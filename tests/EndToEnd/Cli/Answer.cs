using System.Text.Json;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>What a command left behind.</summary>
public sealed record Answer(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }
}
