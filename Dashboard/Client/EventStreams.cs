using CalciumSweep.Shared.Api;

namespace CalciumSweep.Dashboard.Client;

/// <summary>The streams of events that pages listen to: one for all pages of a session. Thread-safe.</summary>
public sealed class EventStreams(ApiConnections connections) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EventStream> _streams = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    /// <param name="cookie">The session.</param>
    /// <param name="heard">Called with each event, on any thread.</param>
    /// <returns>Disposing it ends that.</returns>
    public IDisposable Listen(string cookie, Action<CampaignNews> heard)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(cookie, out EventStream? stream))
            {
                stream = new EventStream(connections.Open(request =>
                {
                    request.Headers.TryAddWithoutValidation("Cookie", cookie);
                    return Task.CompletedTask;
                }));
                _streams[cookie] = stream;
            }

            return new Listening(this, cookie, stream, heard);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (EventStream stream in _streams.Values)
            {
                stream.Dispose();
            }

            _streams.Clear();
        }
    }

    private void Close(string cookie, EventStream stream, Action<CampaignNews> heard)
    {
        lock (_lock)
        {
            if (!stream.Remove(heard) && _streams.GetValueOrDefault(cookie) == stream)
            {
                _streams.Remove(cookie);
                stream.Dispose();
            }
        }
    }

    private sealed class Listening : IDisposable
    {
        private readonly Action _close;

        public Listening(EventStreams streams, string cookie, EventStream stream, Action<CampaignNews> heard)
        {
            _close = () => streams.Close(cookie, stream, heard);
            stream.Add(heard);
        }

        public void Dispose() => _close();
    }
}
