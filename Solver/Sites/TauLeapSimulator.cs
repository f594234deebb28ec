using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Sites;

/// <summary>
/// The cluster in steps of τ: numbers of openings and closings are binomial, with the rates of the start of the step
/// (Tian and Burrage 2004, J Chem Phys 121:10356). A comparison for the exact simulation: its bias falls with τ.
/// </summary>
/// <param name="width">Lanes as asked for; each simulation runs alone.</param>
internal sealed class TauLeapSimulator(int width) : ISimulator
{
    private const int StepsBetweenQuestions = 4096;
    private static readonly TraceColumn[] _columns = [new("open", "1")];

    // Probability that a closed channel opens within τ with n open [channels + 1].
    private double[] _opens = [];
    private double _closes;
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
            var random = new RandomCursor(new RandomStream(simulation.StreamKey, simulation.Replicate, 0));
            path.Visit(_channels);
            simulation.Trace?.Begin(_columns);
            bool more = true;
            while (more && !feed.Stopping && !feed.Expired(simulation))
            {
                more = Advance(ref path, ref random, simulation);
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

    private static double Within(double rate, double tau) => 1 - Elementary.Exp(Lane1.All(-Math.Min(rate * tau, 700))).Value;

    // Number of successes of n trials, one uniform by inversion of the distribution.
    private static int Binomial(int n, double p, double uniform)
    {
        if (p > 0.5)
        {
            return n - Binomial(n, 1 - p, 1 - uniform);
        }

        double q = 1 - p, term = 1;
        for (int i = 0; i < n; i++)
        {
            term *= q;
        }

        int k = 0;
        for (double sum = term; sum < uniform && k < n; sum += term)
        {
            term *= p / q * (n - k) / (k + 1);
            k++;
        }

        return k;
    }

    private void Load(double[] v)
    {
        _channels = (int)v[0];
        double tau = v[BirthDeathModel.Tau];
        _opens = _opens.Length > _channels ? _opens : new double[_channels + 1];
        for (int n = 0; n <= _channels; n++)
        {
            _opens[n] = Within(v[1] * (1 + (v[2] * n)), tau);
        }

        _closes = Within(v[3], tau);
    }

    private bool Advance(ref ClusterPath path, ref RandomCursor random, Simulation simulation)
    {
        double tau = simulation.Parameters[BirthDeathModel.Tau];
        for (int i = 0; i < StepsBetweenQuestions; i++)
        {
            if (simulation.Trace is { } trace)
            {
                path.Record(trace);
            }

            if (path.Time + tau >= path.Duration)
            {
                path.Stay(path.Duration);
                return false;
            }

            path.Stay((path.Events + 1) * tau);
            path.Events++;
            int opening = Binomial(_channels - path.Open, _opens[path.Open], random.NextUniform());
            path.Open += opening - Binomial(path.Open, _closes, random.NextUniform());
            path.Visit(_channels);
        }

        return true;
    }
}
