using CalciumSweep.Shared.Api;
namespace CalciumSweep.Coordinator.Cli;

/// <summary>How far a campaign is, in one line.</summary>
public static class ProgressText
{
    // The rate wanders by about this much while the costs of points differ.
    private const double Spread = 0.2;

    /// <summary>Done, total, rate and the time left as a range.</summary>
    public static string Of(CampaignAnswer answer)
    {
        double share = answer.Simulations == 0 ? 1 : (double)answer.Done / answer.Simulations;
        string line = $"{share:P0}   {answer.Done:N0} / {answer.Simulations:N0}   {answer.SimulationsPerSecond:N0}/s";
        long left = answer.Simulations - answer.Done - answer.Quarantined;
        if (left > 0 && answer.SimulationsPerSecond > 0)
        {
            double seconds = left / answer.SimulationsPerSecond;
            line += $"   {Duration(seconds * (1 - Spread))} – {Duration(seconds * (1 + Spread))} left";
        }

        return answer.Quarantined > 0 ? line + $"   quarantined {answer.Quarantined:N0}" : line;
    }

    /// <summary>A duration in the two units that matter.</summary>
    /// <param name="seconds">Duration, s.</param>
    public static string Duration(double seconds) => seconds switch
    {
        < 1 => "less than 1 s",
        < 100 => $"{seconds:F0} s",
        < 6000 => $"{seconds / 60:F0} min",
        < 172_800 => $"{Math.Floor(seconds / 3600):F0} h {Math.Floor(seconds % 3600 / 60):F0} min",
        _ => $"{seconds / 86_400:N0} days",
    };
}
