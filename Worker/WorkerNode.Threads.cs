using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>The node's side towards its solver threads.</summary>
public sealed partial class WorkerNode
{
    // Beyond its wall-clock limit, a simulator that does not look up for so long is taken to hang.
    private static readonly TimeSpan _hangGrace = TimeSpan.FromSeconds(5);

    /// <summary>Waits until some campaign has a grain to begin; null once the node stops or the thread was replaced.</summary>
    /// <param name="thread">Who waits.</param>
    /// <param name="open">What it has grains open of: that goes on at once.</param>
    internal (CampaignWork Work, bool Guarded)? WaitForWork(SolverThread thread, (CampaignWork Work, bool Guarded)? open)
    {
        lock (_gate)
        {
            while (!_isStopping && !thread.IsAbandoned)
            {
                if (open is not null)
                {
                    return open;
                }

                IReadOnlyList<CampaignWork> ready = Ready();
                if (ready.Count > 0)
                {
                    CampaignWork next = _shares.Next(ready);
                    return (next, !next.Held.HasQueued(guarded: false));
                }

                Monitor.Wait(_gate);
            }
        }

        return null;
    }

    internal (long Grain, double ChargedSeconds, long Removals)? TryTake(
        CampaignWork work, Func<long, bool>? fits, bool guarded, SolverThread thread)
    {
        long? grain;
        double seconds;
        long removals;
        bool isLow;
        lock (_gate)
        {
            if (_isStopping || thread.IsAbandoned || _shares.IsOver(work, Ready()))
            {
                return null;
            }

            grain = work.Held.Take(guarded, fits);
            (seconds, removals) = (work.Held.GrainSeconds, work.Held.Removals);
            isLow = work.Held.IsLow;
            if (grain is { } begun)
            {
                thread.Begun.Add((work, begun));
                if (!guarded)
                {
                    _begun?.Begin(work.Id, begun);
                }

                _shares.Use(work.Id, work.Priority, seconds);
            }
        }

        if (isLow)
        {
            Wake?.Invoke();
        }

        return grain is { } taken ? (taken, seconds, removals) : null;
    }

    internal void Finish(CampaignWork work, GrainResult result, double chargedSeconds, SolverThread thread)
    {
        lock (_gate)
        {
            if (!thread.Begun.Remove((work, result.Grain)))
            {
                // The thread was taken to hang, and the grain is somebody else's now.
                return;
            }

            _begun?.End(work.Id, result.Grain);

            _shares.Use(work.Id, work.Priority, result.CoreSeconds - chargedSeconds);
        }

        _writer.Add(work, result);
    }

    /// <summary>What a thread has begun is begun again in a process of its own.</summary>
    internal void SetApart(SolverThread thread)
    {
        lock (_gate)
        {
            foreach (var (owner, grain) in thread.Begun)
            {
                owner.Held.Requeue(grain, guarded: true);
            }

            thread.Begun.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    internal void GiveUp(CampaignWork work, string problem)
    {
        _problems[work.Id] = problem;
        IReadOnlyList<ICampaignMessage> said = Say(() => _protocol.Refuse(work.Id, Now));
        Volunteer?.Invoke(said);
    }

    /// <summary>Sends what was not asked for; set by the worker actor.</summary>
    internal Action<IReadOnlyList<ICampaignMessage>>? Volunteer { get; set; }

    private IReadOnlyList<CampaignWork> Ready() => _works.Count == 1 && _works.Values.First() is { } only
        ? only.Held is { IsClosed: false, Queued: > 0 } ? [only] : []
        : [.. _works.Values.Where(work => work.Held is { IsClosed: false, Queued: > 0 }).OrderBy(work => work.Id.Value, StringComparer.Ordinal)];

    /// <summary>
    /// A simulator that hangs inside a step cannot be stopped: its thread is left behind, its grains are computed in a
    /// process of their own, which can be.
    /// </summary>
    private void ReplaceHungThreads()
    {
        lock (_gate)
        {
            for (int i = 0; i < _threads.Count && !_isStopping; i++)
            {
                SolverThread hung = _threads[i];
                if (hung.Silence is not { } silence || hung.Work is not { } work
                    || silence < work.Spec.Limits.WallTime + _hangGrace)
                {
                    continue;
                }

                _abandonedSeconds += hung.Seconds;
                hung.Abandon();
                SetApart(hung);
                _threads[i] = new SolverThread(this, i, _settings);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
