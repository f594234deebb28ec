using System.Text;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using Microsoft.Extensions.Hosting;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Looks at the campaigns four times a second while anybody listens, once for all readers, and tells what changed.
/// </summary>
internal sealed class EventFeed : BackgroundService
{
    /// <summary>Readers at a time.</summary>
    public const int MostReaders = 256;

    // Campaigns that stand still are looked at every second.
    private const int ListTicks = 4;
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);

    private readonly CampaignDesk _desk;
    private readonly Lock _lock = new();
    private readonly HashSet<EventReader> _readers = [];
    private readonly Dictionary<string, (CampaignNews Said, byte[] Text)> _latest = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private readonly Dictionary<string, RemainingTime> _remaining = new(StringComparer.Ordinal);
    private IReadOnlyList<CampaignRecord> _records = [];

    public EventFeed(CampaignDesk desk)
    {
        _desk = desk;

        // What one reader was told in answer to a change is told to all: it may be over before the campaigns are looked at again.
        desk.Changed += TellIfHeard;
    }

    /// <summary>A reader that gets what holds now, and then what changes.</summary>
    /// <param name="campaign">The only campaign it wants; null: all.</param>
    /// <returns>Null if there are too many readers.</returns>
    public EventReader? Open(string? campaign)
    {
        lock (_lock)
        {
            if (_readers.Count >= MostReaders)
            {
                return null;
            }

            var reader = new EventReader(campaign);
            foreach (var (said, text) in _latest.Values)
            {
                reader.Publish(said.Campaign, text);
            }

            _readers.Add(reader);
            if (_wanted.CurrentCount == 0)
            {
                _wanted.Release();
            }

            return reader;
        }
    }

    /// <summary>A reader that went away.</summary>
    public void Close(EventReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
        }

        reader.Dispose();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _desk.Changed -= TellIfHeard;
        _wanted.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int tick = 0; !stoppingToken.IsCancellationRequested; tick++)
        {
            if (!IsHeard())
            {
                await _wanted.WaitAsync(stoppingToken).ConfigureAwait(false);
                tick = 0;
            }

            try
            {
                await LookAsync(isList: tick % ListTicks == 0, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A store or journal that does not answer now: the readers go on hearing a heartbeat.
                Serilog.Log.Warning(e, "No news of the campaigns");
            }

            await Task.Delay(_interval, stoppingToken).ConfigureAwait(false);
        }
    }

    private bool IsHeard()
    {
        lock (_lock)
        {
            return _readers.Count > 0;
        }
    }

    private void TellIfHeard(CampaignAnswer answer)
    {
        if (IsHeard())
        {
            Tell(answer);
        }
    }

    private async Task LookAsync(bool isList, CancellationToken cancel)
    {
        if (isList)
        {
            _records = _desk.Archive.Campaigns();
            TellRemoved();
        }

        foreach (CampaignRecord record in _records.Where(r => isList || r.State == CampaignStatus.Running))
        {
            try
            {
                Tell(await _desk.AnswerAsync(record, cancel).ConfigureAwait(false));
            }
            catch (UnknownCampaignException)
            {
                // Deleted since the list was read: the next list tells.
            }
        }
    }

    private void TellRemoved()
    {
        lock (_lock)
        {
            HashSet<string> known = [.. _records.Select(record => record.Id.Value)];
            foreach (CampaignNews gone in _latest.Values.Select(told => told.Said).Where(said => !known.Contains(said.Campaign)).ToArray())
            {
                _latest.Remove(gone.Campaign);
                _remaining.Remove(gone.Campaign);
                Publish(gone with { State = "deleted", Version = gone.Version + 1 });
            }
        }
    }

    private void Tell(CampaignAnswer answer)
    {
        lock (_lock)
        {
            CampaignNews? known = _latest.GetValueOrDefault(answer.Campaign).Said;
            var said = new CampaignNews(
                answer.Campaign, (known?.Version ?? 0) + 1, answer.State, answer.Simulations, answer.Done, answer.Quarantined,
                answer.SimulationsPerSecond, answer.Outcomes, null, null, null, null);
            if (known is null || !said.IsSame(known))
            {
                said = WithTimeLeft(said);
                _latest[said.Campaign] = (said, Publish(said));
            }
        }
    }

    private CampaignNews WithTimeLeft(CampaignNews said)
    {
        if (said.State != "running")
        {
            _remaining.Remove(said.Campaign);
            return said;
        }

        if (!_remaining.TryGetValue(said.Campaign, out RemainingTime? time))
        {
            _remaining[said.Campaign] = time = new RemainingTime();
        }

        int workers = _desk.Node.Members().Count(m => m.IsReachable && m.Roles.Contains("worker", StringComparer.Ordinal));
        long left = said.Simulations - said.Done - said.Quarantined;
        time.Add(TimeProvider.System.GetElapsedTime(0), said.Done, workers);
        (double Low, double High)? range = time.Left(left, said.SimulationsPerSecond);
        return said with
        {
            RecentPerSecond = time.RecentPerSecond,
            SecondsLeftLow = range?.Low,
            SecondsLeftHigh = range?.High,
            RateNote = time.Note,
        };
    }

    // Written once for all readers, those that come later too.
    private byte[] Publish(CampaignNews said)
    {
        byte[] text = Encoding.UTF8.GetBytes($"event: campaign\nid: {said.Campaign}/{said.Version}\ndata: {JsonForm.Of(said)}\n\n");
        foreach (EventReader reader in _readers)
        {
            reader.Publish(said.Campaign, text);
        }

        return text;
    }
}
