using System.Numerics;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>What a diagram shows of a point.</summary>
/// <param name="Board">The points.</param>
/// <param name="Outcome">The outcome whose share is shown; null: an observable's mean, or the most frequent outcome.</param>
/// <param name="Observable">Place of the observable in the spec's list; −1: none.</param>
internal sealed record DiagramValue(PointBoard Board, Outcome? Outcome, int Observable)
{
    /// <summary>Class of a scenario that has no classes.</summary>
    private const byte Done = 9;

    /// <summary>Names of the classes from 1 on.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        [.. Enum.GetValues<Outcome>().Where(o => o != Solver.Engine.Outcome.None).Select(o => Cli.CampaignDocument.Name(o)), "done"];

    /// <summary>True if a byte is a class and not a level.</summary>
    public bool IsClass => Outcome is null && Observable < 0;

    /// <summary>True if the values lie in 0…1 whatever comes.</summary>
    public bool IsShare => Outcome is not null;

    /// <summary>The number of a point; NaN = none yet.</summary>
    public double Of(long point)
    {
        if (Observable >= 0)
        {
            return Board.Mean(Observable, point);
        }

        ReadOnlySpan<int> counts = Board.Counts(point);
        int n = 0;
        foreach (int count in counts)
        {
            n += count;
        }

        return n == 0 ? double.NaN : (double)counts[(int)Outcome!.Value] / n;
    }

    /// <summary>
    /// Class of a point: number of its most frequent outcome, of equals the highest; <c>failed</c> if all its simulations were
    /// given up; 0 = nothing yet.
    /// </summary>
    public byte Class(long point)
    {
        byte found = ClassOf(Board.Counts(point));
        return found == 0 && Board.IsGivenUp(point) ? (byte)Solver.Engine.Outcome.Failed : found;
    }

    /// <summary>Class of a point with so many simulations of each outcome; 0 = none.</summary>
    public static byte ClassOf<T>(ReadOnlySpan<T> counts)
        where T : INumber<T>
    {
        int best = -1;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > T.Zero && (best < 0 || counts[i] >= counts[best]))
            {
                best = i;
            }
        }

        return best > 0 ? (byte)best : best == 0 ? Done : (byte)0;
    }
}
