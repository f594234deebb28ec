using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.GridBenchmark;

/// <summary>
/// Ten L-type channels at every release unit, two states, exact at constant voltage: their mean current over a step goes
/// into the cleft. One random stream a unit, apart from that of its ryanodine receptors.
/// </summary>
internal sealed class LTypeChannels(IReadOnlyList<SiteState> units, ulong key)
{
    /// <summary>Channels a unit; opening and closing rates of a depolarised cell, 1/s; flow of an open one, µM µm³/s (0.1 pA).</summary>
    private const double PerUnit = 10, Opening = 30, Closing = 500, Flow = 518;

    private readonly int[] _open = new int[units.Count], _nextOpen = new int[units.Count];
    private readonly ulong[] _draw = new ulong[units.Count], _nextDraw = new ulong[units.Count];

    /// <summary>Lets the channels of units first … last − 1 gate over a step.</summary>
    public void Gate(int first, int last, double dt)
    {
        for (int i = first; i < last; i++)
        {
            var stream = new RandomStream(key, 1, (uint)units[i].Index);
            int open = _open[i];
            ulong draw = _draw[i];
            double t = 0, mean = 0;
            while (true)
            {
                double opening = (PerUnit - open) * Opening, total = opening + (open * Closing);
                var (which, next) = stream.Pair(draw);
                double wait = -ScalarLog.Log(next) / total;
                if (t + wait >= dt)
                {
                    mean += open * (dt - t);
                    break;
                }

                mean += open * wait;
                t += wait;
                draw++;
                open += which * total < opening ? 1 : -1;
            }

            // The wait that reached beyond the step is forgotten (exponential): the next step draws anew.
            (_nextOpen[i], _nextDraw[i]) = (open, draw + 1);
            units[i].Trigger = Flow * mean / dt;
        }
    }

    /// <summary>Takes the step over.</summary>
    public void Commit()
    {
        _nextOpen.CopyTo(_open, 0);
        _nextDraw.CopyTo(_draw, 0);
    }
}
