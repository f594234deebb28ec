namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>How long a campaign still takes, as a range between its rate of the last half minute and its rate over all.</summary>
internal sealed class RemainingTime
{
    private const double WindowSeconds = 30, FirstSeconds = 3, NoteSeconds = 60;
    private readonly Queue<(double Time, long Done)> _window = [];
    private int _workers = -1;
    private double _noted = double.NegativeInfinity;
    private string? _note;

    /// <summary>Rate over the last half minute; null before there are three seconds of it.</summary>
    public double? RecentPerSecond { get; private set; }

    /// <summary>Why the time left changed within the last minute; null if it did not.</summary>
    public string? Note { get; private set; }

    /// <summary>Tells what is done now.</summary>
    /// <param name="time">Any clock that goes on evenly.</param>
    /// <param name="done">Simulations stored.</param>
    /// <param name="workers">Nodes that simulate.</param>
    public void Add(TimeSpan time, long done, int workers)
    {
        double now = time.TotalSeconds;
        if (_window.Count > 0 && done < _window.Last().Done)
        {
            // Results were removed to be computed again.
            _window.Clear();
        }

        _window.Enqueue((now, done));
        while (_window.Count > 2 && _window.Peek().Time < now - WindowSeconds)
        {
            _window.Dequeue();
        }

        (double from, long before) = _window.Peek();
        RecentPerSecond = now - from >= FirstSeconds ? (done - before) / (now - from) : null;
        if (_workers >= 0 && workers != _workers)
        {
            int change = Math.Abs(workers - _workers);
            _note = $"{change} {(change == 1 ? "worker" : "workers")} {(workers > _workers ? "joined" : "left")}: the time left follows within {WindowSeconds:0} s";
            _noted = now;
        }

        _workers = workers;
        Note = now - _noted < NoteSeconds ? _note : null;
    }

    /// <summary>The range, s; null before it can be told.</summary>
    /// <param name="left">Simulations not done yet.</param>
    /// <param name="overall">Rate from the first lease.</param>
    public (double Low, double High)? Left(long left, double overall)
    {
        double recent = RecentPerSecond ?? 0;
        return recent <= 0 || overall <= 0 ? null
            : (left / Math.Max(recent, overall), left / Math.Min(recent, overall));
    }
}
