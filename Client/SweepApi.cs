using System.Text;
using System.Text.Json;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Client;

/// <summary>
/// The HTTP API: a method for each operation of <c>openapi.json</c>, generated from it. The connections that it is given go through a
/// <see cref="ProblemHandler"/> and have the server as their base address.
/// </summary>
public partial class SweepApi
{
    /// <summary>How its documents are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Pauses, resumes or cancels a campaign, or retries what it gave up.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="change"><c>pause</c>, <c>resume</c>, <c>cancel</c> or <c>retry</c>.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    public Task<CampaignAnswer> ChangeAsync(string id, string change, CancellationToken cancel = default) => change switch
    {
        "pause" => PauseAsync(id, cancel),
        "resume" => ResumeAsync(id, cancel),
        "cancel" => CancelAsync(id, cancel),
        "retry" => RetryAsync(id, null, cancel),
        _ => throw new ArgumentException($"there is no change '{change}'", nameof(change)),
    };

    /// <summary>The spec of a campaign, as it was submitted.</summary>
    public async Task<string> SpecTextAsync(string id, CancellationToken cancel = default) =>
        await TextAsync(await SpecAsync(id, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    /// <summary>A spec to begin with.</summary>
    public async Task<string> TemplateTextAsync(string scenario, CancellationToken cancel = default) =>
        await TextAsync(await TemplateAsync(scenario, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    /// <summary>A spec as the body of a request.</summary>
    public static FileParameter Spec(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), null, "application/yaml");

    private static async Task<string> TextAsync(FileResponse answer, CancellationToken cancel)
    {
        using (answer)
        {
            using var reader = new StreamReader(answer.Stream);
            return await reader.ReadToEndAsync(cancel).ConfigureAwait(false);
        }
    }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
}
