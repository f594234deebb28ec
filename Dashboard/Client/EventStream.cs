using System.Text.Json;
using CalciumSweep.Client;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Dashboard.Client;

/// <summary>One stream of events from the API; opened again within a second when it breaks. Thread-safe.</summary>
internal sealed class EventStream : IDisposable
{
    // The server says something at least every 5 s.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(12), _pause = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private readonly Lock _lock = new();
    private readonly List<Action<CampaignNews>> _readers = [];
    private readonly Dictionary<string, CampaignNews> _latest = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly SweepApi _api;

    public EventStream(SweepApi api)
    {
        _api = api;
        _ = Task.Run(RunAsync);
    }

    /// <summary>Adds a reader, which gets what is known at once.</summary>
    public void Add(Action<CampaignNews> reader)
    {
        CampaignNews[] known;
        lock (_lock)
        {
            _readers.Add(reader);
            known = [.. _latest.Values];
        }

        foreach (CampaignNews news in known)
        {
            reader(news);
        }
    }

    /// <summary>Removes a reader.</summary>
    /// <returns>False if it was the last one.</returns>
    public bool Remove(Action<CampaignNews> reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            return _readers.Count > 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        CancellationToken end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(end).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ApiProblemException or HttpRequestException or IOException or OperationCanceledException or JsonException)
            {
                // The server went away, or said nothing for too long: the page says since when; try again.
            }

            try
            {
                await Task.Delay(_pause, end).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(CancellationToken end)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(_patience);
        using FileResponse answer = await _api.EventsAsync(patience.Token).ConfigureAwait(false);
        using var reader = new StreamReader(answer.Stream);
        while (await reader.ReadLineAsync(patience.Token).ConfigureAwait(false) is { } line)
        {
            patience.CancelAfter(_patience);
            if (line.StartsWith("data:", StringComparison.Ordinal) && JsonSerializer.Deserialize<CampaignNews>(line.AsSpan(5), _json) is { } news)
            {
                Tell(news);
            }
        }
    }

    private void Tell(CampaignNews news)
    {
        Action<CampaignNews>[] readers;
        lock (_lock)
        {
            if (news.State == "deleted")
            {
                _latest.Remove(news.Campaign);
            }
            else
            {
                _latest[news.Campaign] = news;
            }

            readers = [.. _readers];
        }

        foreach (Action<CampaignNews> reader in readers)
        {
            reader(news);
        }
    }
}
