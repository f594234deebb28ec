using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Evoked release in a window after each stimulus, minis before the first: expectations, and counts drawn with them as means.</summary>
internal sealed class SynapseRule : CompartmentRule
{
    private const double Window = 0.005;
    private readonly int _local, _released, _voltage, _vesicles, _duration;
    private readonly IPulses _train;

    /// <summary>Finds what is measured.</summary>
    public SynapseRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols, int duration)
    {
        _duration = duration;
        (_local, _released, _voltage) = (medium.Pool(scenario, "local"), medium.Pool(scenario, "released"), medium.Pool(scenario, "voltage"));
        _train = protocols.OfType<IPulses>().FirstOrDefault() ?? throw new CompositionException($"{scenario.Name}: outcome synapse needs a train or beats");
        _vesicles = table.Add(new("vesicles", "1", 1000, 1, 1e6, "vesicles that can be released", "calyx of Held: Schneggenburger, Meyer and Neher 1999, Neuron 23:399 (order)", IsInteger: true));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("evokedReleases", "1", "vesicles released within 5 ms of a stimulus, mean over the stimuli (expectation); null without"),
        new("miniRate", "1/s", "vesicles released per second before the first stimulus (expectation)"),
        new("peakLocalCalcium", "µM", "highest calcium at the vesicles"),
        new("releaseDelay", "s", "time from the peak of the last action potential to that of the release rate after it; null without"),
        new("drawnEvoked", "1", "all vesicles released within the windows of this replicate: a Poisson number"),
        new("drawnMinis", "1", "vesicles released before the first stimulus in this replicate: a Poisson number"),
        new("peakVoltage", "mV", "highest voltage"),
        new("spikeWidth", "s", "full width at half height of the last action potential; null without"),
    ];

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        double next = double.PositiveInfinity;
        for (double pulse = 0; pulse < _train.Count(v); pulse++)
        {
            double end = _train.StartOf(v, pulse) + Window;
            next = end > after ? Math.Min(next, end) : next;
        }

        return next;
    }

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    private sealed class Run(SynapseRule rule) : RuleRun
    {
        private RandomStream _stream;
        private double _evoked, _minis, _local, _peakVoltage, _peakTime, _rest, _rate, _rateTime, _up, _width, _half;

        public override void Use(RandomStream stream) => _stream = stream;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            (_evoked, _minis, _local, _rest) = (0, 0, state[rule._local], state[rule._voltage]);
            (_peakVoltage, _peakTime, _rate, _rateTime) = (state[rule._voltage], double.NaN, 0, double.NaN);
            (_up, _width, _half) = (double.NaN, double.NaN, 0.5 * (_rest + 30));
        }

        public override void Step(in CellStep step)
        {
            ReadOnlySpan<double> v = step.Parameters;
            double released = step.After[rule._released] - step.Before[rule._released];
            double pulse = rule._train.LastBy(v, step.Start), start = rule._train.StartOf(v, pulse);
            _minis += double.IsNaN(start) && pulse < 0 ? released : 0;
            _evoked += step.Start - start < Window * (1 - 1e-9) ? released : 0;
            _local = Math.Max(_local, step.Piece(rule._local).Highest().Value);
            Spike(step, step.Piece(rule._voltage));
            if (step.SlopeAfter(rule._released) > _rate && step.Start >= _peakTime)
            {
                (_rate, _rateTime) = (step.SlopeAfter(rule._released), step.End);
            }
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            double count = rule._train.Count(v), before = Math.Min(count > 0 ? rule._train.StartOf(v, 0) : v[rule._duration], v[rule._duration]);
            double vesicles = v[rule._vesicles];
            var random = new RandomCursor(_stream);
            ReadOnlySpan<double> all =
            [
                count > 0 ? vesicles * _evoked / count : double.NaN, before > 0 ? vesicles * _minis / before : double.NaN, _local,
                _rateTime - _peakTime, Draw(ref random, vesicles * _evoked), Draw(ref random, vesicles * _minis), _peakVoltage, _width,
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }

        private void Spike(in CellStep step, Piece voltage)
        {
            (double at, double highest) = voltage.Highest();
            _peakVoltage = Math.Max(_peakVoltage, highest);
            if (voltage.Y0 <= _half && voltage.Y1 > _half)
            {
                (_up, _peakTime, _rate, _rateTime) = (step.Start + (step.Length * voltage.Rise(_half)), double.NaN, 0, double.NaN);
            }

            if (voltage is { D0: > 0, D1: <= 0 } && highest > _half)
            {
                (_peakTime, _rate, _rateTime) = (step.Start + (at * step.Length), 0, double.NaN);
            }

            if (voltage.Y0 > _half && voltage.Y1 <= _half)
            {
                _width = step.Start + (step.Length * voltage.Fall(_half)) - _up;
            }
        }

        // Arrivals of a unit Poisson process before the mean.
        private static double Draw(ref RandomCursor random, double mean)
        {
            double count = -1;
            for (double at = 0; at <= mean; at += random.NextExponential())
            {
                count++;
            }

            return count;
        }
    }
}
