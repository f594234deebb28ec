namespace CalciumSweep.Chaos;

/// <summary>
/// Looks at store and API all the time. What the store showed once it must show ever after, and nobody who asks is told
/// of less than somebody was told before.
/// </summary>
internal sealed class Observer : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private readonly Cluster _cluster;
    private readonly string _campaign;
    private readonly Thread _thread;
    private readonly List<string> _violations = [];
    private HashSet<long> _seen = [];
    private long _told;
    private volatile bool _isEnding;

    public Observer(Cluster cluster, string campaign)
    {
        (_cluster, _campaign) = (cluster, campaign);
        _thread = new Thread(Look) { IsBackground = true, Name = "observer" };
        _thread.Start();
    }

    /// <summary>Grains that the store has.</summary>
    public int Stored => _seen.Count;

    /// <summary>What must not be.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_violations)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>Reads the grains of a campaign in the store.</summary>
    public static HashSet<long> Grains(Session session, string campaign) =>
        [.. session.Column<long>($"SELECT g.grain FROM grain g JOIN campaign c ON c.key = g.campaign WHERE c.id = '{campaign}'")];

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
    }

    private void Look()
    {
        while (!_isEnding)
        {
            if (_cluster.Database.TryRead(session => Grains(session, _campaign), out HashSet<long>? now))
            {
                if (!now!.IsSupersetOf(_seen))
                {
                    Violated($"I3: the store had {_seen.Except(now).Count()} grains that it has no more");
                }

                _seen = now;
            }

            foreach (Node node in _cluster.Coordinators.Where(node => node.IsRunning && node.HasStarted))
            {
                // One that is frozen does not answer.
                if (node.Ask($"/api/campaigns/{_campaign}", TimeSpan.FromSeconds(2)) is { } answer)
                {
                    long done = answer.GetProperty("done").GetInt64();
                    if (done < _told)
                    {
                        Violated($"I5: {node.Name} says that {done} are done, {_told} were before");
                    }

                    _told = Math.Max(_told, done);
                }
            }

            Thread.Sleep(_interval);
        }
    }

    private void Violated(string what)
    {
        lock (_violations)
        {
            _violations.Add(what);
        }
    }
}
