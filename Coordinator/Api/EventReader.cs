namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// What one reader has not taken yet: the latest event of each campaign, so that a slow reader costs no more memory than
/// there are campaigns, and misses nothing that still holds. Thread-safe.
/// </summary>
/// <param name="campaign">The only campaign it wants; null: all.</param>
internal sealed class EventReader(string? campaign) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private Dictionary<string, ReadOnlyMemory<byte>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Leaves an event; it takes the place of an older one of the same campaign.</summary>
    /// <param name="about">The campaign.</param>
    /// <param name="text">As it is sent; shared by all readers.</param>
    public void Publish(string about, ReadOnlyMemory<byte> text)
    {
        if (campaign is not null && campaign != about)
        {
            return;
        }

        lock (_lock)
        {
            _waiting[about] = text;
            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }

    /// <summary>Waits for events and takes them; none if nothing came in time.</summary>
    public async Task<IReadOnlyCollection<ReadOnlyMemory<byte>>> TakeAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (!await _news.WaitAsync(patience, cancel).ConfigureAwait(false))
        {
            return [];
        }

        lock (_lock)
        {
            IReadOnlyCollection<ReadOnlyMemory<byte>> taken = _waiting.Values;
            _waiting = new(StringComparer.Ordinal);
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _news.Dispose();
}
