using System.Diagnostics;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>
/// The diagrams that somebody looks at, kept in memory and brought up to date when asked for, once for all readers.
/// Thread-safe; bounded: the campaigns and views that were not asked for the longest go.
/// </summary>
internal sealed class LiveDiagrams(IResultStore store)
{
    private const int MostCampaigns = 4, MostViews = 24;
    private const long MostCells = 60_000_000;
    private static readonly TimeSpan _freshness = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Campaign> _campaigns = new(StringComparer.Ordinal);

    // A process's versions say nothing to another one.
    private readonly string _epoch = Convert.ToHexStringLower(BitConverter.GetBytes(Stopwatch.GetTimestamp()))[..8];
    private long _births;

    /// <summary>Reads a view that is up to date.</summary>
    /// <param name="record">The campaign.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="request">Which view.</param>
    /// <param name="read">Called while nobody changes the view: board, view, and the name of the view's version.</param>
    public T Read<T>(CampaignRecord record, Plan plan, DiagramRequest request, Func<PointBoard, DiagramView, string, T> read)
    {
        if (plan.Points > PointBoard.MostPoints)
        {
            throw new Cli.CommandException(
                $"a live map has at most {PointBoard.MostPoints:N0} points, {record.Id} has {plan.Points:N0}", "its table is at /export");
        }

        Campaign campaign = Find(record, plan);
        lock (campaign.Lock)
        {
            campaign.Refresh(_freshness);
            DiagramView view = campaign.View(request);
            return read(campaign.Board, view, $"{_epoch}.{campaign.Birth}.{view.Version}");
        }
    }

    /// <summary>The version in a name, if it is of this process and campaign.</summary>
    public long? Version(CampaignRecord record, string? name)
    {
        string[] parts = (name ?? "").Split('.');
        lock (_lock)
        {
            return parts.Length == 3 && parts[0] == _epoch && long.TryParse(parts[2], out long version)
                && _campaigns.TryGetValue(record.Identity, out Campaign? campaign) && parts[1] == campaign.Birth.ToString() ? version : null;
        }
    }

    private Campaign Find(CampaignRecord record, Plan plan)
    {
        lock (_lock)
        {
            if (!_campaigns.TryGetValue(record.Identity, out Campaign? campaign))
            {
                while (_campaigns.Count > 0 && (_campaigns.Count >= MostCampaigns || _campaigns.Values.Sum(c => c.Points) + plan.Points > MostCells))
                {
                    _campaigns.Remove(_campaigns.MinBy(c => c.Value.Asked).Key);
                }

                campaign = new Campaign(store, record, plan, ++_births);
                _campaigns[record.Identity] = campaign;
            }

            campaign.Asked = Stopwatch.GetTimestamp();
            return campaign;
        }
    }

    private sealed class Campaign(IResultStore store, CampaignRecord record, Plan plan, long birth)
    {
        private readonly Dictionary<string, (DiagramView View, long Asked)> _views = new(StringComparer.Ordinal);
        private readonly List<long> _changed = [];
        private long _version, _refreshed;

        public Lock Lock { get; } = new();

        public PointBoard Board { get; private set; } = new(store, record, plan);

        public long Birth => birth;

        public long Points => plan.Points;

        public long Asked { get; set; }

        public void Refresh(TimeSpan freshness)
        {
            if (_refreshed != 0 && Stopwatch.GetElapsedTime(_refreshed) < freshness)
            {
                return;
            }

            _changed.Clear();
            if (!Board.Refresh(_changed))
            {
                // Grains were removed to be computed again: counts cannot be taken back one by one.
                Board = new(store, record, plan);
                Board.Refresh(_changed);
                _views.Clear();
                _version++;
            }

            if (_changed.Count > 0)
            {
                _version++;
                foreach ((DiagramView view, _) in _views.Values)
                {
                    view.Update(_changed, _version);
                }
            }

            _refreshed = Stopwatch.GetTimestamp();
        }

        public DiagramView View(DiagramRequest request)
        {
            string key = $"{request.Axes.X} {request.Axes.Y} {string.Join(',', request.Axes.Hidden.Select(i => request.Axes.Held[i]))} {request.Show}";
            if (!_views.TryGetValue(key, out (DiagramView View, long Asked) known))
            {
                if (_views.Count >= MostViews)
                {
                    _views.Remove(_views.MinBy(v => v.Value.Asked).Key);
                }

                if (request.Observable >= 0)
                {
                    Board.Keep(request.Observable);
                }

                var slice = new DiagramSlice(plan, request.Axes);
                known.View = new DiagramView(slice, new DiagramValue(Board, request.Outcome, request.Observable), _version);
            }

            _views[key] = (known.View, Stopwatch.GetTimestamp());
            return known.View;
        }
    }
}
