using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using Xunit;
using static CalciumSweep.Actors.Campaigns.Steps;

namespace CalciumSweep.Actors.Campaigns;

/// <summary>Workers and a coordinator over a network that loses, doubles and re-orders, with crashes of both.</summary>
public sealed class LossyNetworkTests
{
    [Fact]
    public void Every_grain_completes_exactly_once_whatever_the_network_does()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            new Run(seed).ToEnd();
        }
    }

    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<ICampaignEvent> _journal = [];
        private readonly HashSet<long> _stored = [];
        private readonly List<(string? To, object Message)> _network = [];
        private readonly Dictionary<string, (HashSet<long> Held, HashSet<long> Done, long Statement)> _workers = [];
        private CampaignState _state = New(seed);
        private DateTimeOffset _now = Noon;
        private int _names;

        public void ToEnd()
        {
            Decide(Submit, null);
            for (int i = 0; i < 3; i++)
            {
                NewWorker();
            }

            for (int step = 0; _state.Status != CampaignStatus.Completed; step++)
            {
                Assert.True(step < 100_000, $"seed {seed} never ends");
                _now += TimeSpan.FromMilliseconds(_random.Next(200));
                Step();
            }

            Assert.Equal(GrainSet.All(Grains), _state.Completed);
            Assert.Equal(TallyOf(_state.Completed).Counts, _state.Tally.Counts);
            Assert.Equal(Grains, _journal.OfType<GrainsCompleted>().Sum(change => change.Grains.Count));
            Assert.Single(_journal.OfType<CampaignFinished>());
        }

        private void Step()
        {
            string worker = _workers.Keys.ElementAt(_random.Next(_workers.Count));
            switch (_random.Next(100))
            {
                case < 2:
                    Restart();
                    break;
                case < 4:
                    _workers.Remove(worker);
                    NewWorker();
                    break;
                case < 30:
                    Speak(worker);
                    break;
                case < 50 when _workers[worker].Held.Except(_workers[worker].Done).ToList() is { Count: > 0 } open:
                    _stored.Add(open[0]);
                    _workers[worker].Done.Add(open[0]);
                    break;
                default:
                    Deliver();
                    break;
            }
        }

        private void NewWorker() => _workers[$"w{_names++}"] = ([], [], 0);

        private void Speak(string name)
        {
            var worker = _workers[name];
            worker.Statement++;
            _workers[name] = worker;
            _network.Add((null, Holds(name, worker.Statement, GrainSet.Of(worker.Held), 3 + worker.Done.Count)));
            if (worker.Done.Count > 0)
            {
                _network.Add((null, Done([.. worker.Done]) with { Worker = new(name) }));
            }
        }

        private void Deliver()
        {
            if (_network.Count == 0)
            {
                return;
            }

            int at = _random.Next(_network.Count);
            var (to, message) = _network[at];
            bool doubled = _random.Next(10) == 0, lost = _random.Next(10) == 0;
            if (!doubled)
            {
                _network.RemoveAt(at);
            }

            if (lost)
            {
                return;
            }

            if (to is null)
            {
                ICampaignCommand command = (ICampaignCommand)message;
                Decide(command, command is StateHolding s ? s.Worker.Value : ((CompleteGrains)command).Worker.Value);
            }
            else if (_workers.TryGetValue(to, out var worker))
            {
                Hear(worker, message);
            }
        }

        private static void Hear((HashSet<long> Held, HashSet<long> Done, long Statement) worker, object message)
        {
            if (message is GrainsLeased leased && leased.Statement == worker.Statement)
            {
                worker.Held.UnionWith(leased.Granted.Grains);
            }
            else if (message is GrainsAcknowledged acknowledged)
            {
                foreach (long grain in acknowledged.Grains.Grains.Where(worker.Done.Remove))
                {
                    worker.Held.Remove(grain);
                }
            }
        }

        private void Decide(ICampaignCommand command, string? from)
        {
            _state = _state.Expire(_now);
            Decision decision = _state.Handle(command, _now);
            if (decision.Reply is GrainsLeased leased)
            {
                CheckGrant(leased, from!);
            }

            _journal.AddRange(decision.Events);
            _state = decision.Events.Aggregate(_state, (s, change) => s.Apply(change)).Lend(decision, _now);
            Assert.All(_state.Completed.Grains, grain => Assert.Contains(grain, _stored));
            if (from is not null)
            {
                _network.Add((from, decision.Reply!));
            }
        }

        private void CheckGrant(GrainsLeased leased, string to)
        {
            foreach (long grain in leased.Granted.Grains)
            {
                Assert.False(_state.Completed.Contains(grain), $"seed {seed}: {grain} is completed and was leased");
                Assert.DoesNotContain(_state.Leases.Workers, w => w.Key.Value != to && w.Value.Held.Contains(grain));
            }
        }

        /// <summary>The journal stays; leases and whatever was on its way are gone. Half of the time there is a snapshot.</summary>
        private void Restart()
        {
            CampaignSnapshot? snapshot = _random.Next(2) == 0 ? _state.Snapshot() : null;
            _state = (snapshot is null
                ? _journal.Aggregate(New(seed), (s, change) => s.Apply(change)) : New(seed).Restore(snapshot)).Begin(_journal.Count + 1);
            _network.RemoveAll(_ => _random.Next(2) == 0);
        }
    }
}
