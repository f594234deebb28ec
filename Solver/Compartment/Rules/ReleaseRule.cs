using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Release of a vesicle: probability over the window, the spontaneous rate before it, and the course of the rate.</summary>
internal sealed class ReleaseRule : CompartmentRule
{
    private const int Samples = 1024;
    private readonly int[] _released, _gates;
    private readonly int _sensor, _window, _basal, _f, _gamma;
    private readonly Protocol? _stimulus;

    /// <summary>Finds the sensors.</summary>
    public ReleaseRule(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, IReadOnlyList<Protocol> protocols, int window)
    {
        _window = window;
        _released = [medium.Pool(scenario, "released"), medium.Pool(scenario, "released-classical")];
        int first = medium.Pools.Count;
        _gates = [first + medium.Gates.ToList().IndexOf("lou.x1"), first + medium.Gates.ToList().IndexOf("classical.x1")];
        _sensor = table.Add(new("sensor", "1", 0, 0, 1, "lou: allosteric (Lou et al. 2005), or schneggenburger-neher (2000)", "chosen: only the allosteric sensor has a realistic spontaneous rate", IsInteger: true)
        {
            Words = new Dictionary<string, double>(StringComparer.Ordinal) { ["lou"] = 0, ["schneggenburger-neher"] = 1 },
        });
        (_basal, _f, _gamma) = (table.IndexOf("lou.basal"), table.IndexOf("lou.f"), table.IndexOf("classical.gamma"));
        _stimulus = protocols.FirstOrDefault(p => p.Pool == medium.Pool(scenario, "cytosol"));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("releaseProbability", "1", "share of vesicles released within the window"),
        new("spontaneousRate", "1/s", "release per vesicle and second at rest"),
        new("peakRate", "1/s", "highest release rate of the vesicles there were at the start"),
        new("peakDelay", "s", "time from the peak of calcium (from the start where calcium has none) to that of the rate"),
        new("rateWidth", "s", "full width of the rate at half of its peak; null if it does not fall to half"),
        new("burstWidth", "s", "time in which the release rises from 5 to 95 % of that of the window"),
    ];

    /// <inheritdoc/>
    public override double NextCorner(ReadOnlySpan<double> v, double after)
    {
        double step = v[_window] / Samples;
        return step * (Math.Floor((after / step) + 1e-6) + 1);
    }

    /// <inheritdoc/>
    public override RuleRun NewRun() => new Run(this);

    // Release rate of the sensors bound as given, 1/s.
    private double Rate(ReadOnlySpan<double> v, ReadOnlySpan<double> state)
    {
        int sensor = (int)v[_sensor];
        ReadOnlySpan<double> x = state.Slice(_gates[sensor], 5);
        if (sensor == 1)
        {
            return v[_gamma] * x[4];
        }

        double rate = 0, none = 1;
        for (int j = 4; j >= 0; j--)
        {
            rate = v[_f] * (rate + x[j]);
            none -= x[j];
        }

        return v[_basal] * (none + rate);
    }

    private sealed class Run(ReleaseRule rule) : RuleRun
    {
        // Times, released shares and rates at the ends of steps.
        private readonly List<(double Time, double Released, double Rate)> _course = new(2 * Samples);
        private double _spontaneous;
        private int _pool;

        public override void Start(ReadOnlySpan<double> v, Span<double> state)
        {
            _pool = rule._released[(int)v[rule._sensor]];
            _spontaneous = rule.Rate(v, state);
            _course.Clear();
        }

        public override void Step(in CellStep step)
        {
            if (_course.Count == 0)
            {
                _course.Add((step.Start, step.Before[_pool], step.SlopeBefore(_pool)));
            }

            _course.Add((step.End, step.After[_pool], step.SlopeAfter(_pool)));
        }

        public override Outcome Finish(ReadOnlySpan<double> v, ReadOnlySpan<double> state, Span<double> observables)
        {
            double released = state[_pool];
            (double time, double peak) = Peak();
            double from = rule._stimulus is GaussianProtocol gaussian ? gaussian.Time(v) : 0;
            ReadOnlySpan<double> all =
            [
                released, _spontaneous, peak, time - from, Width(peak / 2),
                When(c => c.Released, 0.95 * released, 0, 1) - When(c => c.Released, 0.05 * released, 0, 1),
            ];
            all.CopyTo(observables);
            return Outcome.None;
        }

        // The parabola through the highest point and its neighbours.
        private (double Time, double Rate) Peak()
        {
            int k = 0;
            for (int i = 1; i < _course.Count; i++)
            {
                k = _course[i].Rate > _course[k].Rate ? i : k;
            }

            if (k == 0 || k == _course.Count - 1)
            {
                return (_course[k].Time, _course[k].Rate);
            }

            double left = _course[k].Time - _course[k - 1].Time, right = _course[k + 1].Time - _course[k].Time;
            double down = (_course[k].Rate - _course[k - 1].Rate) / left, up = (_course[k + 1].Rate - _course[k].Rate) / right;
            double curve = (up - down) / (left + right), slope = ((down * right) + (up * left)) / (left + right);
            double x = curve < 0 ? -slope / (2 * curve) : 0;
            return (_course[k].Time + x, _course[k].Rate + (0.5 * slope * x));
        }

        private double Width(double half)
        {
            int top = _course.FindIndex(c => c.Rate > half);
            int last = _course.FindLastIndex(c => c.Rate > half);
            return top < 1 || last == _course.Count - 1
                ? double.NaN
                : When(c => -c.Rate, -half, last, 1) - When(c => c.Rate, half, top - 1, 1);
        }

        // Time at which a quantity that rises passes a level, between two points.
        private double When(Func<(double Time, double Released, double Rate), double> of, double level, int from, int step)
        {
            for (int i = from; i + step < _course.Count; i += step)
            {
                double a = of(_course[i]), b = of(_course[i + step]);
                if (a <= level && b > level)
                {
                    return _course[i].Time + ((_course[i + step].Time - _course[i].Time) * (level - a) / (b - a));
                }
            }

            return double.NaN;
        }
    }
}
