using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// The middle site left to itself until the time limit. An event lasts until no channel has been open for
/// <see cref="SparkRule.QuietOfPuffs"/> ms; it is a puff if the site released the threshold in it, else a blip.
/// </summary>
internal sealed class PuffTrainRule : CableRule
{
    /// <inheritdoc/>
    public override double LongestStep => 250e-6;

    /// <inheritdoc/>
    public override bool WantsPeakOfSites => false;

    /// <inheritdoc/>
    public override bool IsAlone => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Sparks, Outcome.Failed];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("eventRate", "1/s", "puffs that ended, over the time of the run"),
        new("blipRate", "1/s", "events with less release, over the time of the run"),
        new("meanRelease", "µM µm³", "calcium released by a puff (× 602.2 = ions); null without one"),
        new("meanOpen", "1", "channels open, mean over the run"),
        new("peakCytosolic", "µM", "largest free calcium in the site's cell"),
        new("calciumDrift", "1", "relative change of total calcium over the run (the cable is closed)"),
    ];

    /// <inheritdoc/>
    public override (double Channels, double Open) Start(CableParameters p, double[] parameters, int site) =>
        site == (int)parameters[p.SiteCount] / 2 ? (parameters[p.Channels], 0) : (0, 0);

    /// <inheritdoc/>
    public override double HeldUntil(CableParameters p, double[] parameters) => 0;

    /// <inheritdoc/>
    public override void Observe(ICableView view, CableLane lane)
    {
        int middle = view.Sites / 2;
        lane.Peak = Math.Max(lane.Peak, view.Calcium(middle, lane.Index));
        lane.Train.Observe(lane.Time, lane.Dt, view.Open(middle, lane.Index), view.Released(middle, lane.Index));
    }

    /// <inheritdoc/>
    public override Outcome Judge(ICableView view, CableParameters p, CableLane lane, bool onTheMillisecond) =>
        lane.Time < lane[p.TimeLimit] ? Outcome.None : lane.Train.Puffs > 0 ? Outcome.Sparks : Outcome.Quiescent;

    /// <inheritdoc/>
    public override double[] Measure(ICableView view, CableParameters p, CableLane lane) =>
    [
        lane.Train.Puffs / lane.Time, lane.Train.Blips / lane.Time,
        lane.Train.Puffs > 0 ? lane.Train.Release / lane.Train.Puffs : double.NaN, lane.Train.OpenTime / lane.Time, lane.Peak, lane.Drift,
    ];
}
