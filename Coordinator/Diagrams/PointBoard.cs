using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>
/// What every point of a campaign came to so far, in memory: counts by outcome, and sums of the observables that somebody
/// looks at. Follows the store: <see cref="Refresh"/> reads only grains that it has not seen. Not thread-safe.
/// </summary>
/// <param name="store">Where the grains are.</param>
/// <param name="record">The campaign.</param>
/// <param name="plan">Its plan.</param>
internal sealed class PointBoard(IResultStore store, CampaignRecord record, Plan plan)
{
    /// <summary>Most points: at 9 counts of 4 bytes a point 720 MB.</summary>
    public const long MostPoints = 20_000_000;

    /// <summary>Outcomes that are told apart, by <see cref="Outcome"/> number.</summary>
    public const int Classes = 9;

    // Above this share of grains one reading of all is cheaper than many of a few.
    private const double ManyGrains = 0.25;

    private readonly int[] _counts = new int[plan.Points * Classes];
    private readonly bool[] _seen = new bool[record.Layout.Grains];
    private readonly Dictionary<int, ObservableSums> _sums = [];
    private readonly HashSet<long> _givenUp = [];
    private long _grains, _simulations;

    /// <summary>The campaign's plan.</summary>
    public Plan Plan => plan;

    /// <summary>Simulations that are in it.</summary>
    public long Simulations => _simulations;

    /// <summary>Counts of a point by outcome number [9].</summary>
    public ReadOnlySpan<int> Counts(long point) => _counts.AsSpan((int)(point * Classes), Classes);

    /// <summary>True if some simulation of a point is quarantined.</summary>
    public bool IsGivenUp(long point) => _givenUp.Contains(point);

    /// <summary>Mean of a kept observable at a point; NaN before the first value.</summary>
    /// <param name="observable">Its place in the spec's list; <see cref="Keep(int)"/> was called with it.</param>
    /// <param name="point">The point.</param>
    public double Mean(int observable, long point) => _sums[observable].Mean(point);

    /// <summary>Follows an observable from now on, with what is stored already.</summary>
    public void Keep(int observable)
    {
        if (_sums.ContainsKey(observable))
        {
            return;
        }

        var sums = new ObservableSums(plan.Points);
        _sums[observable] = sums;
        if (_grains > 0)
        {
            foreach (GrainResult grain in store.ReadGrains(record, plan.ObserveIndex.Count).Where(g => _seen[g.Grain]))
            {
                AddObservable(observable, sums, grain);
            }
        }
    }

    /// <summary>Reads what is new.</summary>
    /// <param name="changed">Gets the points that changed, some more than once.</param>
    /// <returns>False if stored grains were removed, so that everything is to be read anew.</returns>
    public bool Refresh(List<long> changed)
    {
        CampaignTotals totals = store.Totals(record.Id);
        if (totals.Grains < _grains || (totals.Grains == _grains && totals.Simulations != _simulations))
        {
            return false;
        }

        if (totals.Grains == _grains)
        {
            return true;
        }

        var missing = GrainSet.Of(store.StoredGrains(record.Id).Where(grain => !_seen[grain]));
        IEnumerable<GrainResult> news = missing.Count > ManyGrains * _seen.Length
            ? store.ReadGrains(record, plan.ObserveIndex.Count) : missing.Ranges.SelectMany(range =>
                store.ReadGrains(record, plan.ObserveIndex.Count, range.First, range.End));
        foreach (GrainResult grain in news.Where(g => !_seen[g.Grain]))
        {
            Add(grain, changed);
        }

        return true;
    }

    private void Add(GrainResult grain, List<long> changed)
    {
        (long first, int count) = record.Layout.Range(grain.Grain);
        long before = -1;
        for (int i = 0; i < count; i++)
        {
            long point = (first + i) / record.Layout.Replicates;
            if (grain.Outcomes[i] is Outcome outcome)
            {
                _counts[(point * Classes) + (int)outcome]++;
                _simulations++;
            }
            else
            {
                _givenUp.Add(point);
            }

            if (point != before)
            {
                changed.Add(point);
                before = point;
            }
        }

        foreach ((int observable, ObservableSums sums) in _sums)
        {
            AddObservable(observable, sums, grain);
        }

        _seen[grain.Grain] = true;
        _grains++;
    }

    // A campaign that keeps points only has no values of single simulations.
    private void AddObservable(int observable, ObservableSums sums, GrainResult grain)
    {
        if (grain.Observables.Length == 0)
        {
            return;
        }

        (long first, int count) = record.Layout.Range(grain.Grain);
        int kept = plan.ObserveIndex.Count;
        for (int i = 0; i < count; i++)
        {
            if (grain.Outcomes[i] is not null)
            {
                sums.Add((first + i) / record.Layout.Replicates, grain.Observables[(i * kept) + observable]);
            }
        }
    }
}
