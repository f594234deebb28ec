using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// Exact simulation, event by event (Gillespie 1977, J Phys Chem 81:2340, direct method): one block of random bits an
/// event, its first uniform for the waiting time and its second for the direction. No time step, so no error in time.
/// </summary>
/// <param name="width">Lanes as asked for; events of different simulations do not coincide, so each runs alone.</param>
internal sealed class BirthDeathSimulator(int width) : ISimulator
{
    private const int EventsBetweenQuestions = 4096;
    private static readonly TraceColumn[] _columns = [new("open", "1")];

    // What can happen with n open [channels + 1].
    private Rates[] _rates = [];
    private int _channels;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && feed.TryNext(out Simulation simulation))
        {
            Load(simulation.Parameters);
            var path = new Path(simulation);
            path.Begin(simulation.Trace);
            bool more = true;
            while (more && !feed.Stopping && !feed.Expired(simulation))
            {
                more = Advance(ref path, simulation.Trace);
            }

            if (!more)
            {
                feed.Complete(simulation, path.Result());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Load(double[] parameters)
    {
        _channels = (int)parameters[0];
        double opening = parameters[1], cooperativity = parameters[2], closing = parameters[3];
        if (_rates.Length <= _channels)
        {
            _rates = new Rates[_channels + 1];
        }

        for (int n = 0; n <= _channels; n++)
        {
            double up = (_channels - n) * (opening * (1 + (cooperativity * n))), any = up + (n * closing);
            _rates[n] = any > 0 ? new(1 / any, up / any) : new(double.PositiveInfinity, 0);
        }
    }

    // False at the end of the simulation, true after a number of events.
    private bool Advance(ref Path path, ITrace? trace)
    {
        // A local copy, so that time and sums stay in registers.
        Path p = path;
        for (int i = 0; i < EventsBetweenQuestions; i++)
        {
            Rates rates = _rates[p.Open];
            (double waiting, double direction) = p.Stream.Pair((ulong)p.Events);
            double end = p.Time - (ScalarLog.Log(waiting) * rates.MeanWait);
            if (end >= p.Duration)
            {
                p.Stay(p.Duration);
                path = p;
                return false;
            }

            p.Stay(end);
            p.Events++;
            p.Open += direction < rates.Up ? 1 : -1;
            p.Visit(_channels);
            if (trace is not null)
            {
                p.Record(trace);
            }
        }

        path = p;
        return true;
    }

    /// <param name="MeanWait">Mean time to the next event, s.</param>
    /// <param name="Up">Probability that it is an opening.</param>
    private readonly record struct Rates(double MeanWait, double Up);

    private struct Path(Simulation simulation)
    {
        public readonly RandomStream Stream = new(simulation.StreamKey, simulation.Replicate, 0);
        public readonly double Duration = simulation.Parameters[5];
        public int Open = (int)simulation.Parameters[4];
        public long Events = 0;
        public double Time = 0;
        private double _sum = 0, _sumOfSquares = 0, _firstEmpty = double.NaN, _reachedHalf = double.NaN, _nextRow = 0;

        public void Begin(ITrace? trace)
        {
            Visit((int)simulation.Parameters[0]);
            trace?.Begin(_columns);
            if (trace is not null)
            {
                Record(trace);
            }
        }

        public void Stay(double until)
        {
            double time = (until - Time) * Open;
            _sum += time;
            _sumOfSquares += time * Open;
            Time = until;
        }

        public void Visit(int channels)
        {
            if (double.IsNaN(_firstEmpty))
            {
                if (Open == 0)
                {
                    _firstEmpty = Time;
                    _reachedHalf = double.IsNaN(_reachedHalf) ? 0 : _reachedHalf;
                }
                else if (2 * Open >= channels)
                {
                    _reachedHalf = 1;
                }
            }
        }

        public void Record(ITrace trace)
        {
            if (Time >= _nextRow)
            {
                trace.Record(Time, [Open]);
                _nextRow = Time + trace.Interval;
            }
        }

        public readonly SimulationResult Result()
        {
            double mean = _sum / Duration, variance = (_sumOfSquares / Duration) - (mean * mean);
            return new(Outcome.None, null, [_firstEmpty, _reachedHalf, mean, Math.Max(0, variance)], Events);
        }
    }
}
