using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// One spark: only the middle site has channels, one of which is opened at t = 0. Ends, at whole milliseconds, when none is
/// open and c − c₀ is below 30 % of its peak. A spark if the site fired, else (a blip) quiescent.
/// </summary>
internal sealed class SparkRule : CableRule
{
    /// <summary>
    /// How long none has been open when a puff is over, ms: receptors lose and find their IP3 within tens of milliseconds
    /// (De Young and Keizer 1992: a₁ at 0.1 µM, b₁), and go on together.
    /// </summary>
    public const int QuietOfPuffs = 30;

    private readonly SiteKind _kind;

    /// <summary>For sites of a kind.</summary>
    public SparkRule(SiteKind kind) => _kind = kind;

    /// <summary>For how long none must have been open, ms; 0 for sparks.</summary>
    public int Quiet { get; init; }

    /// <inheritdoc/>
    public override double LongestStep => Quiet > 0 ? 250e-6 : 50e-6;

    /// <inheritdoc/>
    public override bool WantsPeakOfSites => false;

    /// <inheritdoc/>
    public override bool IsAlone => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Sparks, Outcome.Undecided, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("eventAmplitude", "µM", "peak free calcium in the site's cell; sparks"),
        new("eventWidth", "µm", "full width at half maximum of mobile-bound calcium (what a dye shows) at the peak; sparks"),
        new("eventDuration", "s", "full duration at half maximum of c − c₀ in the site's cell; sparks"),
        new("eventRate", "1/s", "rate of spontaneous first openings at rest if this one made a spark, else 0: its mean is the rate of sparks of a site"),
        new("released", "µM µm³", "calcium released (× 602.2 = ions); sparks"),
        new("timeToPeak", "s", "time of the peak; sparks"),
        new("peakCytosolic", "µM", "peak free calcium in the site's cell; blips too"),
        new("releasedAny", "µM µm³", "calcium released; blips too"),
        new("calciumDrift", "1", "relative change of total calcium over the run (the cable is closed)"),
    ];

    /// <inheritdoc/>
    public override (double Channels, double Open) Start(CableParameters p, double[] parameters, int site) =>
        site == (int)parameters[p.SiteCount] / 2 ? (parameters[p.Channels], 1) : (0, 0);

    /// <inheritdoc/>
    public override double HeldUntil(CableParameters p, double[] parameters) => 0;

    /// <inheritdoc/>
    public override void Observe(ICableView view, CableLane lane)
    {
        double c = view.Calcium(view.Sites / 2, lane.Index);
        if (lane.Series.Count == 0 || c > lane.Peak)
        {
            lane.Peak = c;
            view.CopyDye(lane.Index, lane.Profile);
        }

        lane.Series.Add((lane.Time, c));
    }

    /// <inheritdoc/>
    public override Outcome Judge(ICableView view, CableParameters p, CableLane lane, bool onTheMillisecond)
    {
        int middle = view.Sites / 2;
        double rest = lane[p.CytosolRest], c = view.Calcium(middle, lane.Index);
        lane.LastOpen = view.Open(middle, lane.Index) > 0 ? lane.Milliseconds : lane.LastOpen;
        if (onTheMillisecond && lane.Milliseconds > 1 && view.Open(middle, lane.Index) == 0 && lane.Milliseconds - lane.LastOpen >= Quiet
            && c - rest < 0.3 * (lane.Peak - rest))
        {
            // The event is over; a dye, which lets go of its calcium later, is followed until it has fallen.
            Outcome outcome = double.IsNaN(lane.Arrival[middle]) ? Outcome.Quiescent : Outcome.Sparks;
            lane.AtTheEnd ??= (outcome, Values(view, p, lane, outcome));
        }

        if (lane.AtTheEnd is { } end && lane.Dye is not { HasFallen: false })
        {
            return end.Outcome;
        }

        return lane.Time >= lane[p.TimeLimit] ? Outcome.Undecided : Outcome.None;
    }

    /// <inheritdoc/>
    public override double[] Measure(ICableView view, CableParameters p, CableLane lane) =>
        [.. lane.AtTheEnd?.Values ?? Values(view, p, lane, lane.Outcome), lane.Drift];

    private double[] Values(ICableView view, CableParameters p, CableLane lane, Outcome outcome)
    {
        int middle = view.Sites / 2;
        double rest = lane[p.CytosolRest], released = view.Released(middle, lane.Index);
        double half = rest + (0.5 * (lane.Peak - rest)), dx = lane[p.Spacing] / view.CellsPerSite;
        double opening = lane[p.Channels] * _kind.RestOpening(p, lane.Simulation!.Parameters);
        bool isSpark = outcome == Outcome.Sparks;
        double peakTime = lane.Series.Count == 0 ? double.NaN : lane.Series.MaxBy(s => s.Calcium).Time;
        double[] spark = [lane.Peak, Width(lane.Profile, dx), EventShape.Duration(lane.Series, half), opening, released, peakTime];
        double[] blip = [double.NaN, double.NaN, double.NaN, 0, double.NaN, double.NaN];
        return [.. isSpark ? spark : blip, lane.Peak, released];
    }

    private static double Width(double[] profile, double dx) =>
        EventShape.Width(profile, 0.5 * (profile.Max() + profile[0])) * dx; // the far end is at rest
}
