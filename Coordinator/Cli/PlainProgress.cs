using System.Diagnostics;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A line every ten seconds, for pipes and log files.</summary>
public sealed class PlainProgress : IProgressFace
{
    private readonly Stopwatch _since = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void Show(CampaignAnswer answer)
    {
        if (_since.Elapsed.TotalSeconds >= 10)
        {
            Console.Error.WriteLine(ProgressText.Of(answer));
            _since.Restart();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _since.Stop();
}
