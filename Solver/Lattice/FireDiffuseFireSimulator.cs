using System.Globalization;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Lattice;

/// <summary>Runs fire–diffuse–fire simulations one by one: their events do not coincide, so lanes would gain nothing.</summary>
/// <param name="width">Lanes as asked for.</param>
internal sealed class FireDiffuseFireSimulator(int width) : ISimulator
{
    // Observables speak of the front from this site after the last stimulated one on.
    private const int Settling = 10;
    private readonly Front _front = new();

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && feed.TryNext(out Simulation simulation))
        {
            var line = new Line(simulation.Parameters);
            _front.Load(line.Beta, line.Kappa, line.Theta);
            FrontStep last = FrontStep.Fired;
            bool dropped = false;
            while (last == FrontStep.Fired && _front.Times.Count < line.Count && !dropped)
            {
                int next = _front.Times.Count;
                last = _front.FireNext(next < line.Seeds ? next * line.Interval : double.PositiveInfinity);
                dropped = feed.Stopping || feed.Expired(simulation);
            }

            if (!dropped)
            {
                Record(simulation.Trace, line);
                feed.Complete(simulation, Result(line, last));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private SimulationResult Result(in Line line, FrontStep last)
    {
        List<double> times = _front.Times;
        int fired = times.Count, settled = line.Seeds - 1 + Settling;
        if (last == FrontStep.Undecided)
        {
            string time = (times[^1] * line.Tau).ToString("R", CultureInfo.InvariantCulture);
            string reason = $"Undecided after t={time} s, site {fired}";
            return new(Outcome.Failed, reason, [double.NaN, double.NaN], _front.Steps);
        }

        bool wave = fired == line.Count;
        double speed = wave && settled < fired - 1
            ? (fired - 1 - settled) * line.Spacing / ((times[^1] - times[settled]) * line.Tau)
            : double.NaN;
        double reach = (fired - line.Seeds) * line.Spacing;
        return new(wave ? Outcome.Wave : Outcome.Abortive, null, [speed, reach], _front.Steps);
    }

    // Calcium at every site on a regular grid of times, until five release times after the last firing.
    private void Record(ITrace? trace, in Line line)
    {
        if (trace is null)
        {
            return;
        }

        double spacing = line.Spacing, end = (_front.Times[^1] + 5) * line.Tau;
        trace.Begin([.. Enumerable.Range(0, line.Count).Select(i => new TraceColumn("cytosol", "µM", i * spacing))]);
        double[] row = new double[line.Count];
        for (double time = 0; time <= end; time += Math.Max(trace.Interval, end * 1e-5))
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = line.Amount / line.Spacing * _front.Calcium(i, time / line.Tau);
            }

            trace.Record(time, row);
        }
    }

    private readonly struct Line(double[] p)
    {
        public double Spacing => p[0];

        public int Count => (int)p[1];

        public double Tau => p[2];

        public double Amount => p[3];

        public int Seeds => (int)p[7];

        public double Beta => p[5] * Tau / (Spacing * Spacing);

        public double Kappa => p[6] * Tau;

        public double Theta => p[4] * Spacing / Amount;

        public double Interval => p[8] / Tau;
    }
}
