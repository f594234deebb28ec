using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// Spark or wave along a row of sites: site 0 is stimulated; wave as soon as a site ≥ far = ⌈0.9 (n−1)⌉ and 0.9·far of
/// the sites 1…n−1 have fired (the fired set only grows, so this is certain); once activity has ended, abortive with a
/// run of three fired sites, sparks with any, else quiescent; undecided at the time limit.
/// </summary>
internal sealed class SiteWaveRule : CableRule
{
    /// <inheritdoc/>
    public override double LongestStep => 1e-3;

    /// <inheritdoc/>
    public override bool WantsPeakOfSites => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes =>
        [Outcome.Quiescent, Outcome.Sparks, Outcome.Abortive, Outcome.Wave, Outcome.Undecided, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("waveSpeed", "µm/s", "slope of place on time of firing over fired sites 4…far; waves with R² ≥ 0.9"),
        new("reach", "µm", "how far from the stimulus all sites have fired"),
        new("recruitedFraction", "1", "fired sites of those not stimulated"),
        new("peakCytosolic", "µM", "largest free calcium in the cells of sites 1…n−1"),
        new("speedLinearity", "1", "R² of the fit behind waveSpeed; waves"),
        new("endTime", "s", "cell time at which the verdict was certain"),
        new("calciumDrift", "1", "relative change of total calcium over the run (the cable is closed)"),
    ];

    /// <inheritdoc/>
    public override (double Channels, double Open) Start(CableParameters p, double[] parameters, int site)
    {
        double n = parameters[p.Channels];
        return site == 0 ? (n, n) : (Math.Round(n * (1 - parameters[p.Block]), MidpointRounding.AwayFromZero), 0);
    }

    /// <inheritdoc/>
    public override double HeldUntil(CableParameters p, double[] parameters) => parameters[p.StimulusDuration];

    /// <inheritdoc/>
    public override void Observe(ICableView view, CableLane lane)
    {
    }

    /// <inheritdoc/>
    public override Outcome Judge(ICableView view, CableParameters p, CableLane lane, bool onTheMillisecond)
    {
        if (IsWave(lane.Arrival))
        {
            return Outcome.Wave;
        }

        if (onTheMillisecond && lane.Time >= lane[p.StimulusDuration] - 1e-12 && lane.Milliseconds >= 10
            && IsExtinct(view, lane, lane[p.ExtinctCalcium]))
        {
            return Ended(lane.Arrival);
        }

        return lane.Time >= lane[p.TimeLimit] ? Outcome.Undecided : Outcome.None;
    }

    /// <inheritdoc/>
    public override double[] Measure(ICableView view, CableParameters p, CableLane lane)
    {
        int n = view.Sites, fired = 0, run = 0;
        for (int k = 1; k < n; k++)
        {
            fired += double.IsNaN(lane.Arrival[k]) ? 0 : 1;
        }

        while (run + 1 < n && !double.IsNaN(lane.Arrival[run + 1]))
        {
            run++;
        }

        bool isWave = lane.Outcome == Outcome.Wave;
        var (speed, linearity) = isWave ? Speed(lane.Arrival, lane[p.Spacing]) : (double.NaN, double.NaN);
        return
        [
            linearity >= 0.9 ? speed : double.NaN, run * lane[p.Spacing], fired / (double)(n - 1), lane.Peak,
            linearity, lane.Time, lane.Drift,
        ];
    }

    private static int Far(int n) => (int)Math.Ceiling((0.9 * (n - 1)) - 1e-9);

    private static bool IsWave(double[] arrival)
    {
        int far = Far(arrival.Length), fired = 0;
        bool reached = false;
        for (int k = 1; k < arrival.Length; k++)
        {
            bool has = !double.IsNaN(arrival[k]);
            fired += has ? 1 : 0;
            reached |= has && k >= far;
        }

        return reached && fired >= (0.9 * far) - 1e-9;
    }

    private static bool IsExtinct(ICableView view, CableLane lane, double threshold)
    {
        for (int k = 0; k < view.Sites; k++)
        {
            if (view.Open(k, lane.Index) > 0 || view.Calcium(k, lane.Index) >= threshold)
            {
                return false;
            }
        }

        return true;
    }

    private static Outcome Ended(double[] arrival)
    {
        int longest = 0, run = 0;
        for (int k = 1; k < arrival.Length; k++)
        {
            run = double.IsNaN(arrival[k]) ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest >= 3 ? Outcome.Abortive : longest >= 1 ? Outcome.Sparks : Outcome.Quiescent;
    }

    /// <summary>Least squares of place on arrival (bounded when a spontaneous spark fires ahead) and its R².</summary>
    private static (double Speed, double Linearity) Speed(double[] arrival, double spacing)
    {
        double n = 0, meanT = 0, meanX = 0;
        int far = Far(arrival.Length);
        for (int k = 4; k <= far; k++)
        {
            if (!double.IsNaN(arrival[k]))
            {
                n++;
                meanT += arrival[k];
                meanX += k * spacing;
            }
        }

        meanT /= n;
        meanX /= n;
        double tt = 0, tx = 0, xx = 0;
        for (int k = 4; k <= far; k++)
        {
            if (!double.IsNaN(arrival[k]))
            {
                double t = arrival[k] - meanT, x = (k * spacing) - meanX;
                tt += t * t;
                tx += t * x;
                xx += x * x;
            }
        }

        return n >= 3 && tt > 0 ? (tx / tt, tx * tx / (tt * xx)) : (double.NaN, double.NaN);
    }
}
