namespace CalciumSweep.Benchmarks.Sites;

/// <summary>What one width came to.</summary>
/// <param name="Width">Lanes.</param>
/// <param name="CoreMilliseconds">Processor time per simulation, ms: the least of all rounds.</param>
/// <param name="Steps">Accepted steps per simulation.</param>
/// <param name="Rejected">Rejected steps per simulation.</param>
/// <param name="Cells">Cells per step, mean over steps.</param>
/// <param name="CellStepsPerSecond">Cells times steps tried, per second of processor time.</param>
/// <param name="LanesBusy">Share of the lanes at work.</param>
/// <param name="Outcomes">Simulations by outcome.</param>
internal sealed record SpeedFigures(
    int Width, double CoreMilliseconds, double Steps, double Rejected, double Cells, double CellStepsPerSecond,
    double LanesBusy, IReadOnlyDictionary<string, int> Outcomes);
