using CalciumSweep.Shared.Api;
using Spectre.Console;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A bar and the outcomes so far, redrawn in place on a terminal.</summary>
public sealed class BarProgress : IProgressFace
{
    private const int BarWidth = 28;
    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private bool _drawn;

    /// <inheritdoc/>
    public void Show(CampaignAnswer answer)
    {
        double share = answer.Simulations == 0 ? 1 : (double)answer.Done / answer.Simulations;
        int full = (int)(share * BarWidth);
        string back = _drawn ? "\u001b[2A" : "";
        _drawn = true;
        _console.Profile.Out.Writer.Write($"{back}\u001b[2K\r");
        _console.MarkupLine($"  [green]{new string('█', full)}[/][grey]{new string('·', BarWidth - full)}[/]  {Markup.Escape(ProgressText.Of(answer))}");
        _console.Profile.Out.Writer.Write("\u001b[2K\r");
        _console.MarkupLine("  " + Markup.Escape(CampaignDocument.Shares(answer)));
    }

    /// <inheritdoc/>
    public void Dispose() => _console.WriteLine();
}
