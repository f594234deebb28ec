using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>
/// One thread that writes finished grains into the store, as many as there are in one transaction, and reports them
/// only after that returned. While the store does not answer it keeps them and tries again; at the bound it makes the
/// solver threads wait.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(2);
    private readonly IResultStore _store;
    private readonly int _bound;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private List<(CampaignWork Work, GrainResult Grain)> _waiting = [];
    private int _simulations;
    private bool _ending, _abandoned;

    public ResultWriter(IResultStore store, int bound)
    {
        (_store, _bound) = (store, bound);
        _thread = new Thread(Write) { IsBackground = true, Name = "result writer" };
        _thread.Start();
    }

    /// <summary>Why nothing can be written now; null if all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Leaves a grain; waits while too many simulations are waiting already.</summary>
    public void Add(CampaignWork work, GrainResult grain)
    {
        lock (_gate)
        {
            while (_simulations >= _bound && !_ending)
            {
                Monitor.Wait(_gate);
            }

            _waiting.Add((work, grain));
            _simulations += grain.Outcomes.Count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes what there is and ends; gives up after <paramref name="patience"/> if the store does not answer.</summary>
    public void End(TimeSpan patience)
    {
        lock (_gate)
        {
            _ending = true;
            Monitor.PulseAll(_gate);
        }

        if (!_thread.Join(patience))
        {
            lock (_gate)
            {
                _abandoned = true;
                Monitor.PulseAll(_gate);
            }

            _thread.Join();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End(TimeSpan.Zero);

    private void Write()
    {
        while (Gather() is { } grains)
        {
            foreach (var campaign in grains.GroupBy(one => one.Work))
            {
                GrainResult[] results = [.. campaign.Select(one => one.Grain).OrderBy(grain => grain.Grain)];
                if (WriteUntilStored(campaign.Key, results))
                {
                    campaign.Key.Stored(results);
                }
            }

            lock (_gate)
            {
                _simulations -= grains.Sum(one => one.Grain.Outcomes.Count);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private List<(CampaignWork Work, GrainResult Grain)>? Gather()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_ending)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }

        if (!_ending)
        {
            // A transaction costs the same for one grain as for many.
            Thread.Sleep(_gather);
        }

        lock (_gate)
        {
            var grains = _waiting;
            _waiting = [];
            return grains;
        }
    }

    private bool WriteUntilStored(CampaignWork work, GrainResult[] grains)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                _store.WriteGrains(work.Record, grains);
                Problem = null;
                return true;
            }
            catch (Exception e)
            {
                // Whatever it is, the results are not stored: keep them, say why, try again.
                Problem = e.Message;
            }

            lock (_gate)
            {
                if (_abandoned)
                {
                    return false;
                }

                Monitor.Wait(_gate, pause);
            }

            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }
}
