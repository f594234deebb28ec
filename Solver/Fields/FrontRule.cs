using System.Globalization;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// A front that starts at x = 0. Arrival at a place is the first upward crossing of a threshold there. Options: <c>arrivals</c> and
/// <c>peaks</c> (places, µm), <c>speed</c> (two places), <c>wave</c> (the place that must be reached; 0.9 of the length if absent),
/// <c>threshold</c> (another name of that parameter), <c>pool</c>, <c>initiation: true</c> (where it was first exceeded). Wave if it was reached, abortive if anything was (or with <c>else: abortive</c>), else quiescent.
/// </summary>
internal sealed class FrontRule : FieldRule
{
    private readonly int _pool, _threshold, _length;
    private readonly double[] _places, _arrivals, _peaks, _speed;
    private readonly double? _wave;
    private readonly bool _isNeverQuiescent, _tellsInitiation;

    /// <summary>Reads the options.</summary>
    /// <exception cref="CompositionException">A place is not a number.</exception>
    public FrontRule(ScenarioDefinition scenario, PartDefinition part, ParameterTable table, FieldLayout layout, FieldGeometry geometry)
    {
        _pool = part.Options.TryGetValue("pool", out string? pool) ? layout.Medium.Pool(scenario, pool) : layout.Calcium;
        _length = geometry.Length;
        _threshold = table.Add(new(part.Options.GetValueOrDefault("threshold", "arrival.threshold"), "µM", 0.5, 1e-3, 1000, "a front has arrived where this is exceeded", "chosen"));
        _arrivals = Places(scenario, part, "arrivals");
        _peaks = Places(scenario, part, "peaks");
        _speed = Places(scenario, part, "speed");
        double[] wave = Places(scenario, part, "wave");
        _wave = wave.Length > 0 ? wave[0] : null;
        _isNeverQuiescent = part.Options.GetValueOrDefault("else") == "abortive";
        _tellsInitiation = part.Options.GetValueOrDefault("initiation") == "true";
        _places = [.. _arrivals.Concat(_speed).Concat(wave).Distinct()];
        if (_speed.Length is not (0 or 2))
        {
            throw new CompositionException($"{scenario.Name}: outcome.speed: two places, not {_speed.Length}");
        }

        Observables =
        [
            .. _arrivals.Select(x => new ObservableInfo($"arrival{x}", "s", $"first upward crossing of the threshold at {x} µm; null if never")),
            .. _speed.Length == 0 ? Array.Empty<ObservableInfo>() : [new("waveSpeed", "µm/s", $"from the arrivals at {_speed[0]} and {_speed[1]} µm")],
            new("reach", "µm", "how far from x = 0 every cell has exceeded the threshold"),
            .. _tellsInitiation ? [new("initiationSite", "µm", "where the threshold was first exceeded; null if nowhere")] : Array.Empty<ObservableInfo>(),
            .. _peaks.Select(x => new ObservableInfo($"peak{x}", "µM", $"largest concentration at {x} µm")),
            new("calciumDrift", "1", "relative change of total calcium over the run; closed cables"),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => _isNeverQuiescent
        ? [Outcome.Abortive, Outcome.Wave, Outcome.Failed]
        : [Outcome.Quiescent, Outcome.Abortive, Outcome.Wave, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; }

    /// <inheritdoc/>
    public override string? Check(ReadOnlySpan<double> parameters)
    {
        double length = parameters[_length], farthest = _places.Concat(_peaks).DefaultIfEmpty(0).Max();
        return farthest <= length ? null : $"the cable ({length} µm) must reach the last place measured ({farthest} µm)";
    }

    /// <inheritdoc/>
    public override object Begin(IFieldView view, FieldLane lane)
    {
        var seen = new Seen(_places.Length + (_wave is null ? 1 : 0), _peaks.Length);
        for (int i = 0; i < _peaks.Length; i++)
        {
            seen.Peak[i] = At(view, lane, _peaks[i], 0);
        }

        seen.Reached = Reached(view, lane, 0);
        return seen;
    }

    /// <inheritdoc/>
    public override bool Observe(IFieldView view, FieldLane lane)
    {
        var seen = (Seen)lane.Seen!;
        double threshold = lane[_threshold];
        for (int i = 0; i < seen.Arrival.Length; i++)
        {
            double x = i < _places.Length ? _places[i] : 0.9 * lane[_length];
            if (double.IsNaN(seen.Arrival[i]) && At(view, lane, x, 0) >= threshold && At(view, lane, x, 1) < threshold)
            {
                seen.Arrival[i] = lane.Time - Crossing(view, lane, x, threshold);
            }
        }

        for (int i = 0; i < _peaks.Length; i++)
        {
            seen.Peak[i] = Math.Max(seen.Peak[i], Peak(view, lane, _peaks[i]));
        }

        seen.Reached = Reached(view, lane, seen.Reached);
        seen.Initiation = _tellsInitiation && double.IsNaN(seen.Initiation) ? Highest(view, lane, threshold) : seen.Initiation;
        return false;
    }

    /// <inheritdoc/>
    public override Outcome Judge(IFieldView view, FieldLane lane)
    {
        var seen = (Seen)lane.Seen!;
        double arrival = _wave is { } wave ? seen.Arrival[Array.IndexOf(_places, wave)] : seen.Arrival[^1];
        return !double.IsNaN(arrival) ? Outcome.Wave : seen.Reached > 0 || _isNeverQuiescent ? Outcome.Abortive : Outcome.Quiescent;
    }

    /// <inheritdoc/>
    public override double[] Measure(IFieldView view, FieldLane lane)
    {
        var seen = (Seen)lane.Seen!;
        double Arrival(double x) => seen.Arrival[Array.IndexOf(_places, x)];
        double reach = seen.Reached == 0 ? 0 : seen.Reached == view.Cells ? lane[_length] : (seen.Reached - 0.5) * lane.Dx;
        return
        [
            .. _arrivals.Select(Arrival),
            .. _speed.Length == 0 ? Array.Empty<double>() : [(_speed[1] - _speed[0]) / (Arrival(_speed[1]) - Arrival(_speed[0]))],
            reach, .. _tellsInitiation ? [seen.Initiation] : Array.Empty<double>(), .. seen.Peak, lane.Drift,
        ];
    }

    private static double[] Places(ScenarioDefinition scenario, PartDefinition part, string option)
    {
        string[] texts = part.Options.GetValueOrDefault(option, "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. texts.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x)
                ? x
                : throw new CompositionException($"{scenario.Name}: outcome.{option}: '{text}' is not a place in µm")),
        ];
    }

    /// <summary>Concentration at a place, linear between the centres of the two cells around it.</summary>
    private double At(IFieldView view, FieldLane lane, double x, int point)
    {
        double at = (x / lane.Dx) - 0.5;
        int cell = (int)Math.Clamp(Math.Floor(at), 0, view.Cells - 2);
        double share = Math.Clamp(at - cell, 0, 1), low = view.Concentration(_pool, cell, lane, point);
        return low + (share * (view.Concentration(_pool, cell + 1, lane, point) - low));
    }

    /// <summary>Largest value of late at a place: between steps, that of the parabola through the last three states.</summary>
    private double Peak(IFieldView view, FieldLane lane, double x)
    {
        double now = At(view, lane, x, 0);
        if (lane.Control.History.Points < 3)
        {
            return now;
        }

        double t1 = -lane.Control.History.Before(1), t2 = -lane.Control.History.Before(2), y1 = At(view, lane, x, 1), y2 = At(view, lane, x, 2);
        double slope = (now - y1) / -t1, bend = (slope - ((y1 - y2) / (t1 - t2))) / -t2;
        double t = bend < 0 ? ((slope / bend) - t1) * -0.5 : 0;     // where slope + bend·(2t − t1) = 0
        return t < 0 && t > t2 ? now + (slope * t) + (bend * t * (t - t1)) : now;
    }

    /// <summary>Middle of the cell with the highest concentration if that exceeds the threshold, else NaN.</summary>
    private double Highest(IFieldView view, FieldLane lane, double threshold)
    {
        int highest = 0;
        for (int cell = 1; cell < view.Cells; cell++)
        {
            highest = view.Concentration(_pool, cell, lane) > view.Concentration(_pool, highest, lane) ? cell : highest;
        }

        return view.Concentration(_pool, highest, lane) > threshold ? (highest + 0.5) * lane.Dx : double.NaN;
    }

    private int Reached(IFieldView view, FieldLane lane, int cell)
    {
        while (cell < view.Cells && view.Concentration(_pool, cell, lane) > lane[_threshold])
        {
            cell++;
        }

        return cell;
    }

    /// <summary>How long ago the threshold was crossed: root in the last step of the polynomial through the last states.</summary>
    private double Crossing(IFieldView view, FieldLane lane, double x, double threshold)
    {
        StepHistory history = lane.Control.History;
        int n = Math.Min(4, history.Points);
        Span<double> t = stackalloc double[n], f = stackalloc double[n];
        for (int j = 0; j < n; j++)
        {
            (t[j], f[j]) = (-history.Before(j), At(view, lane, x, j) - threshold);
        }

        for (int k = 1; k < n; k++)
        {
            for (int j = n - 1; j >= k; j--)
            {
                f[j] = (f[j] - f[j - 1]) / (t[j] - t[j - k]);
            }
        }

        double low = t[1], high = 0;
        for (int round = 0; round < 60; round++)
        {
            double middle = 0.5 * (low + high), value = f[n - 1];
            for (int j = n - 2; j >= 0; j--)
            {
                value = (value * (middle - t[j])) + f[j];
            }

            (low, high) = value < 0 ? (middle, high) : (low, middle);
        }

        return -0.5 * (low + high);
    }

    private sealed class Seen
    {
        public Seen(int arrivals, int peaks)
        {
            (Arrival, Peak) = (new double[arrivals], new double[peaks]);
            Array.Fill(Arrival, double.NaN);
        }

        public double[] Arrival { get; }

        public double[] Peak { get; }

        public int Reached { get; set; }

        public double Initiation { get; set; } = double.NaN;
    }
}
