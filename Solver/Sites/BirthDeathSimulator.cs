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
            var path = new ClusterPath(simulation.Parameters);
            path.Visit(_channels);
            simulation.Trace?.Begin(_columns);
            if (simulation.Trace is { } trace)
            {
                path.Record(trace);
            }

            var stream = new RandomStream(simulation.StreamKey, simulation.Replicate, 0);
            bool more = true;
            while (more && !feed.Stopping && !feed.Expired(simulation))
            {
                more = Advance(ref path, stream, simulation.Trace);
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
    private bool Advance(ref ClusterPath path, in RandomStream random, ITrace? trace)
    {
        // A local copy, so that time and sums stay in registers.
        ClusterPath p = path;
        RandomStream stream = random;
        for (int i = 0; i < EventsBetweenQuestions; i++)
        {
            Rates rates = _rates[p.Open];
            (double waiting, double direction) = stream.Pair((ulong)p.Events);
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
}
