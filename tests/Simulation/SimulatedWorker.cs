using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Worker;

namespace CalciumSweep.Simulation;

/// <summary>One worker's process in one incarnation: slots that compute, a writer, and the production protocol.</summary>
internal sealed class SimulatedWorker
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(500);
    private readonly Cluster _cluster;
    private readonly WorkerProtocol _protocol;
    private readonly int _threads;
    private readonly double _slowness;
    private readonly List<(Truth Truth, long Grain, long Removals)> _toWrite = [];
    private int _busy, _session;
    private bool _isWriting, _isStopped;

    public SimulatedWorker(Cluster cluster, string process, int incarnation)
    {
        (_cluster, ProcessName) = (cluster, process);
        World world = cluster.World;
        _threads = world.Random.Next(1, 5);
        _slowness = world.Random.Next(5) == 0 ? world.Between(2, 20) : 1;
        Name = $"{process}#{incarnation}";
        _protocol = new WorkerProtocol(
            new WorkerId(Name), new WorkerSettings(_threads, 1) { Prefetch = TimeSpan.FromSeconds(world.Random.Next(2, 61)) });
        Later(world.Between(0, 0.5), Tick);
    }

    public string ProcessName { get; }

    /// <summary>Its grains cost so many times as much as elsewhere.</summary>
    public double Slowness => _slowness;

    /// <summary>Its address; another incarnation has another.</summary>
    public string Name { get; private set; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Grains in its slots or waiting to be written: what a crash costs.</summary>
    public int Unstored => _busy + _toWrite.Count;

    /// <summary>Everything it has and the coordinator has not acknowledged.</summary>
    public int Held => _protocol.Campaigns.Sum(held => held.Open + held.Queued + held.Reporting);

    public void Hear(ICampaignMessage message, string address)
    {
        if (!IsAlive || address != Name)
        {
            return;
        }

        if (message is CampaignSpec spec)
        {
            Later(_cluster.World.Between(0.001, 0.1), () => Say(_protocol.Open(spec, _cluster.World.Now)));
        }
        else
        {
            Say(_protocol.Hear((ICampaignReply)message, _cluster.World.Now));
        }
    }

    /// <summary>A new actor system around the same process: what is on its way to the old one is lost.</summary>
    public void Rejoin()
    {
        Name = $"{Name.Split('~')[0]}~{++_session}";
        Say(_protocol.Rejoin(_cluster.World.Now));
    }

    /// <summary>Killed: what was not stored is gone.</summary>
    public void Crash()
    {
        if (IsAlive)
        {
            IsAlive = false;
            _cluster.Check.Lost(Unstored);
            _cluster.WorkerDied(this, isKnown: _cluster.World.Circumstances.IsReachabilityKnown);
        }
    }

    /// <summary>Leaves in good order: lanes are dropped, what is finished is written, the rest handed back.</summary>
    public void Leave()
    {
        _isStopped = true;
        _cluster.Check.Lost(_busy);
        WhenWritten(() =>
        {
            _cluster.Check.Lost(_protocol.Campaigns.Sum(held => held.Reporting));
            Say(_protocol.Leave(_cluster.World.Now));
            Later(0.2, () =>
            {
                IsAlive = false;
                _cluster.WorkerDied(this, isKnown: false);
            });
        });
    }

    private void WhenWritten(Action then)
    {
        if (_toWrite.Count == 0 && !_isWriting)
        {
            then();
        }
        else
        {
            Later(0.1, () => WhenWritten(then));
        }
    }

    private void Tick()
    {
        Say(_protocol.Tick(_cluster.World.Now));
        Later(_tick.TotalSeconds, Tick);
    }

    private void Say(IReadOnlyList<ICampaignMessage> said)
    {
        foreach (ICampaignMessage message in said)
        {
            _cluster.SendToCoordinator(this, message);
        }

        Begin();
    }

    private void Begin()
    {
        while (_busy < _threads && !_isStopped && IsAlive && Take() is { } taken)
        {
            _busy++;
            var (held, grain, guarded) = taken;
            long removals = held.Removals;
            Truth truth = _cluster.Truths[held.Id];
            _cluster.Check.Began(truth, grain);
            double cost = truth.Cost(grain) * _slowness * (guarded ? 1.5 : 1);
            bool kills = truth.Kills(grain) && !guarded;
            Later(kills ? _cluster.World.Between(0, cost) : cost, () =>
            {
                if (kills)
                {
                    Crash();
                }
                else
                {
                    Finish(truth, grain, removals);
                }
            });
        }
    }

    private (HeldGrains Held, long Grain, bool Guarded)? Take()
    {
        foreach (HeldGrains held in _protocol.Campaigns)
        {
            foreach (bool guarded in (bool[])[false, true])
            {
                if (held.Take(guarded, null) is { } grain)
                {
                    if (held.IsLow)
                    {
                        Later(0, () => Say(_protocol.Wake(_cluster.World.Now)));
                    }

                    return (held, grain, guarded);
                }
            }
        }

        return null;
    }

    private void Finish(Truth truth, long grain, long removals)
    {
        if (_isStopped)
        {
            return;
        }

        _busy--;
        if (_protocol.Find(truth.Id) is not null)
        {
            _toWrite.Add((truth, grain, removals));
            Write();
        }

        Begin();
    }

    private void Write()
    {
        if (_isWriting || _toWrite.Count == 0)
        {
            return;
        }

        _isWriting = true;
        (Truth Truth, long Grain, long Removals)[] batch = [.. _toWrite];
        Later(_cluster.World.Between(0.005, 0.03), () => Write(batch));
    }

    private void Write((Truth Truth, long Grain, long Removals)[] batch)
    {
        World world = _cluster.World;
        HashSet<(Truth Truth, long Removals)> outdated = [];
        try
        {
            foreach (var campaign in batch.GroupBy(one => (one.Truth, one.Removals)))
            {
                Truth truth = campaign.Key.Truth;
                try
                {
                    _cluster.Store.WriteGrains(
                        truth.Submit.Spec.Record(truth.Id, CampaignStatus.Running, [], TimeSpan.Zero, world.Noon) with { Removals = campaign.Key.Removals },
                        [.. campaign.Select(one => truth.Result(one.Grain))]);
                }
                catch (OutdatedGrainsException)
                {
                    outdated.Add(campaign.Key);
                }
            }

            if (world.Chance(world.Circumstances.StoreLostAnswers))
            {
                throw new IOException("the answer is lost");
            }
        }
        catch (IOException)
        {
            Later(world.Between(0.1, 2), () => Write(batch));
            return;
        }

        Later(0.001, () => Stored(batch, outdated));
    }

    private void Stored((Truth Truth, long Grain, long Removals)[] batch, HashSet<(Truth Truth, long Removals)> outdated)
    {
        _isWriting = false;
        _toWrite.RemoveRange(0, batch.Length);
        foreach (var (truth, grain, removals) in batch)
        {
            HeldGrains? held = _protocol.Find(truth.Id);
            if (outdated.Contains((truth, removals)))
            {
                held?.Lost([grain]);
            }
            else
            {
                held?.Stored(truth.Completion(grain), truth.Cost(grain) * _slowness);
            }
        }

        Say(_protocol.Wake(_cluster.World.Now));
        Write();
    }

    private void Later(double seconds, Action what) => _cluster.World.After(seconds, ProcessName, () =>
    {
        if (IsAlive)
        {
            what();
        }
    });
}
