using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>
/// One thread that writes finished grains into the store, as many as there are in one transaction, and reports them
/// only after that returned. While the store does not answer they wait in memory; once that is half full, or after some
/// seconds, a second thread brings them to the disk, from where they are stored in the order they came. So the solver
/// threads wait only when memory and disk are at their bounds (or memory alone, where there is no folder for it), or when
/// the store answers but is slower than they are.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    // Simulations in one transaction or file; bounds what a failed one costs.
    private const int MostAtOnce = 1 << 16;

    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long results stay in memory alone while the store does not answer.</summary>
    private static readonly TimeSpan _inMemory = TimeSpan.FromSeconds(5);

    /// <summary>How long results are gathered for a file, while there is memory for them.</summary>
    private static readonly TimeSpan _betweenFiles = TimeSpan.FromSeconds(1);

    /// <summary>A transaction that lasts longer means that the store does not answer.</summary>
    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(2);

    private readonly SpilledResults? _spilled;
    private readonly ResultReports _reports;
    private readonly ResultDelivery _delivery;
    private readonly int _bound;
    private readonly Thread _thread;
    private readonly Thread? _spilling;
    private readonly object _gate = new();
    private readonly LinkedList<(CampaignWork Work, GrainResult Grain)> _waiting = new();
    private List<(CampaignWork Work, GrainResult Grain)> _inHand = [];
    private int _simulations;
    private long _silentSince;
    private bool _ending, _abandoned;

    /// <param name="store">Where results go.</param>
    /// <param name="bound">Simulations that wait in memory at most.</param>
    /// <param name="spill">Where they wait on the disk; null keeps them in memory alone.</param>
    /// <param name="reports">Who is told.</param>
    public ResultWriter(IResultStore store, int bound, SpillFolder? spill = null, ResultReports? reports = null)
    {
        (_bound, _reports) = (bound, reports ?? ResultReports.None);
        _delivery = new(store, _reports);
        _thread = new Thread(Write) { IsBackground = true, Name = "result writer" };
        if (spill is not null)
        {
            _spilled = new(spill, _delivery, _reports);
            _spilling = new Thread(Spill) { IsBackground = true, Name = "result spill" };
            _spilling.Start();
        }

        _thread.Start();
    }

    /// <summary>Why nothing can be written now; null if all is well.</summary>
    public string? Problem => _delivery.Problem;

    /// <summary>Simulations that wait in memory.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _simulations;
            }
        }
    }

    /// <summary>Bytes that wait on the disk.</summary>
    public long SpilledBytes => _spilled?.Bytes ?? 0;

    /// <summary>How long the store has not taken anything, counted from the first use that failed or has not returned.</summary>
    private TimeSpan Silence
    {
        get
        {
            long since = Interlocked.Read(ref _silentSince);
            return since == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - since);
        }
    }

    /// <summary>Leaves a grain; waits while too many simulations are waiting already.</summary>
    public void Add(CampaignWork work, GrainResult grain)
    {
        lock (_gate)
        {
            while (_simulations >= _bound && !_ending)
            {
                Monitor.Wait(_gate);
            }

            _waiting.AddLast((work, grain));
            _simulations += grain.Outcomes.Count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Writes what there is and ends. If the store does not answer within <paramref name="patience"/> the rest is left on
    /// the disk for the next process; without a folder for that it is given up, and computed again.
    /// </summary>
    public void End(TimeSpan patience)
    {
        lock (_gate)
        {
            _ending = true;
            Monitor.PulseAll(_gate);
        }

        _spilling?.Join();
        if (!_thread.Join(patience))
        {
            lock (_gate)
            {
                _abandoned = true;
                Monitor.PulseAll(_gate);
            }

            // It may be inside the store for longer than anybody wants to wait: then it is left behind.
            _thread.Join(TimeSpan.FromSeconds(_spilled is null ? 5 : 0.1));
        }

        KeepTheRest();
    }

    /// <inheritdoc/>
    public void Dispose() => End(TimeSpan.Zero);

    private void Write()
    {
        TimeSpan pause = TimeSpan.Zero;
        while (WaitForWork(pause))
        {
            Interlocked.CompareExchange(ref _silentSince, Environment.TickCount64, 0);
            bool written = WriteWaiting() && (_ending || _spilled?.StoreOldest() != false);
            if (written)
            {
                Interlocked.Exchange(ref _silentSince, 0);
            }

            pause = written ? TimeSpan.Zero : pause == TimeSpan.Zero ? _firstPause : pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }

    private bool WaitForWork(TimeSpan pause)
    {
        long until = Environment.TickCount64 + (long)pause.TotalMilliseconds;
        lock (_gate)
        {
            // Others pulse the gate too: a pause lasts as long as it should.
            for (long left = pause.Ticks > 0 ? 1 : 0; left > 0 && !_abandoned; left = until - Environment.TickCount64)
            {
                Monitor.Wait(_gate, (int)Math.Max(1, until - Environment.TickCount64));
            }

            while (_waiting.Count == 0 && _spilled?.Any != true && !_ending)
            {
                Monitor.Wait(_gate);
            }

            if (_abandoned || (_ending && _waiting.Count == 0))
            {
                return false;
            }
        }

        if (!_ending)
        {
            // A transaction costs the same for one grain as for many.
            Thread.Sleep(_gather);
        }

        return true;
    }

    private bool WriteWaiting()
    {
        List<(CampaignWork Work, GrainResult Grain)> grains;
        lock (_gate)
        {
            grains = _inHand = Take();
        }

        var left = new List<(CampaignWork Work, GrainResult Grain)>();
        foreach (var campaign in grains.GroupBy(one => (one.Work, one.Grain.Removals)))
        {
            GrainResult[] results = [.. campaign.Select(one => one.Grain).OrderBy(grain => grain.Grain)];
            if (left.Count > 0 || !_delivery.TryStore(campaign.Key.Work, results))
            {
                left.AddRange(campaign);
            }
        }

        lock (_gate)
        {
            if (!ReferenceEquals(_inHand, grains))
            {
                return false; // given up meanwhile
            }

            _inHand = [];
            PutBack(left);
            _simulations -= grains.Sum(one => one.Grain.Outcomes.Count) - left.Sum(one => one.Grain.Outcomes.Count);
            Monitor.PulseAll(_gate);
        }

        return left.Count == 0;
    }

    private void Spill()
    {
        while (WaitUntilSpillIsDue())
        {
            // A file costs the disk and the store as much for one grain as for many; and without room there is no hurry.
            bool kept = SpillOnce();
            long until = Environment.TickCount64 + (long)_betweenFiles.TotalMilliseconds;
            lock (_gate)
            {
                for (long left; !_ending && (left = until - Environment.TickCount64) > 0 && !(kept && _simulations > _bound / 2);)
                {
                    Monitor.Wait(_gate, (int)left);
                }
            }
        }
    }

    private bool WaitUntilSpillIsDue()
    {
        lock (_gate)
        {
            while (!_ending && !SpillIsDue())
            {
                Monitor.Wait(_gate, _longestPause);
            }

            return !_ending;
        }
    }

    private bool SpillIsDue()
    {
        TimeSpan patience = _simulations <= _bound / 2 ? _inMemory : Problem is null ? _slow : TimeSpan.Zero;
        return _waiting.Count > 0 && Silence > patience;
    }

    private bool SpillOnce()
    {
        List<(CampaignWork Work, GrainResult Grain)> grains;
        lock (_gate)
        {
            grains = Take();
        }

        List<(CampaignWork Work, GrainResult Grain)> left = _spilled!.Keep(grains);
        lock (_gate)
        {
            PutBack(left);
            _simulations -= grains.Sum(one => one.Grain.Outcomes.Count) - left.Sum(one => one.Grain.Outcomes.Count);
            Monitor.PulseAll(_gate);
        }

        return left.Count == 0;
    }

    // Those that came first, as many as belong into one transaction.
    private List<(CampaignWork Work, GrainResult Grain)> Take()
    {
        var taken = new List<(CampaignWork Work, GrainResult Grain)>();
        // What is in the hand of a thread that does not come back cannot go to the disk: it is the smaller part.
        int most = Math.Min(MostAtOnce, _bound / 4);
        for (int count = 0; (count == 0 || count < most) && _waiting.First is { } first; count += first.Value.Grain.Outcomes.Count)
        {
            taken.Add(first.Value);
            _waiting.RemoveFirst();
        }

        return taken;
    }

    private void PutBack(List<(CampaignWork Work, GrainResult Grain)> grains)
    {
        for (int i = grains.Count - 1; i >= 0; i--)
        {
            _waiting.AddFirst(grains[i]);
        }
    }

    private void KeepTheRest()
    {
        List<(CampaignWork Work, GrainResult Grain)> rest;
        lock (_gate)
        {
            // What is in the hand of a thread that does not come back may become stored as well: no harm.
            rest = [.. _inHand, .. _waiting];
            (_inHand, _simulations) = ([], 0);
            _waiting.Clear();
        }

        int kept = rest.Count - (_spilled?.Keep(rest).Count ?? rest.Count);
        if (rest.Count > 0)
        {
            _reports.Log(new(
                $"The store did not take the last {rest.Count} grains ({Problem ?? "it did not answer in time"}): {kept} are kept on the disk for the next start, {rest.Count - kept} will be computed again"));
        }
    }
}
