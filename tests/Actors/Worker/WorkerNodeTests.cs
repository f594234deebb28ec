using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.Actors.Worker;

/// <summary>A worker without its actor: the test is the coordinator.</summary>
public sealed class WorkerNodeTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(30);
    private readonly MemoryResults _store = new();
    private WorkerNode? _node;

    public void Dispose() => _node?.Dispose();

    [Fact]
    public void A_simulation_that_throws_is_quarantined_after_its_attempts_and_its_neighbours_are_not()
    {
        int attempts = 0;
        var model = new LaneModel(
            (simulation, _) =>
            {
                if (simulation.Parameters[0] == 6)
                {
                    Interlocked.Increment(ref attempts);
                    throw new InvalidOperationException("site 812 is broken");
                }

                return false;
            },
            _ => 0);
        CampaignWork work = Compute(NoOpPlans.Plan(16, 1, model: model), pointsPerGrain: 4, grains: 4);

        IReadOnlyList<GrainCompletion> done = AllDone(4);

        QuarantinedSimulation given = Assert.Single(done.SelectMany(grain => grain.Quarantined));
        Assert.Equal(new(6, "InvalidOperationException: site 812 is broken"), given);
        Assert.Equal(15, done.Sum(grain => grain.Tally.Total));

        // Once among its neighbours, which blames nobody, then alone for each of its three attempts.
        Assert.Equal(Limits.Default.Attempts + 1, attempts);
        GrainResult stored = _store.ReadGrains(work.Record, 2).Single(grain => grain.Grain == 1);
        Assert.Null(stored.Outcomes[2]);
        Assert.Equal(7, stored.Observables[6]);
        Assert.True(double.IsNaN(stored.Observables[4]));
    }

    [Fact]
    public void A_simulation_that_takes_too_long_is_quarantined_after_its_attempts()
    {
        var model = new LaneModel(
            (simulation, feed) => simulation.Parameters[0] == 3 && SpinWait.SpinUntil(() => feed.Expired(simulation), _hang), _ => 0);
        var limits = new Limits(2, TimeSpan.FromMilliseconds(25));
        CampaignWork work = Compute(NoOpPlans.Plan(4, 1, model: model, limits: limits), 4, 1);

        QuarantinedSimulation given = Assert.Single(Assert.Single(AllDone(1)).Quarantined);
        Assert.Equal(3, given.Simulation);
        Assert.Contains("0.025 s", given.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lanes_are_refilled_across_grains_with_simulations_of_the_same_shape()
    {
        var model = new LaneModel((_, _) => false, x => (int)x % 2);
        CampaignWork work = Compute(NoOpPlans.Plan(32, 1, model: model), pointsPerGrain: 1, grains: 32);

        AllDone(32);

        Assert.All(model.Bundles, bundle => Assert.Single(bundle.Select(x => (int)x % 2).Distinct()));

        // Every grain holds one simulation: bundles are full until the shape runs out.
        Assert.Equal(2 * 13, model.Bundles.Count(bundle => bundle.Length == 4));
    }

    [Fact]
    public void While_the_store_is_down_nothing_is_reported_and_the_solver_threads_wait_at_the_bound()
    {
        int begun = 0;
        var model = new LaneModel((_, _) => Interlocked.Increment(ref begun) < 0, _ => 0);
        _store.IsDown = true;
        CampaignWork work = Compute(NoOpPlans.Plan(64, 1, model: model), 1, 64, width: 1, bound: 8);
        Assert.True(SpinWait.SpinUntil(() => _node!.Problem(work.Id) is not null && begun >= 9, _hang));

        Assert.Empty(Reported());
        Assert.Equal("the disk is gone", _node!.Problem(work.Id));
        Assert.Equal(9, begun); // eight are waiting, the ninth is done and finds no room

        _store.IsDown = false;
        AllDone(64);
        Assert.Null(_node.Problem(work.Id));
        Assert.Equal(64, _node.Simulated(work.Id));
    }

    [Fact]
    public void What_is_not_acknowledged_is_held_and_reported_again()
    {
        var model = new LaneModel((_, _) => false, _ => 0);
        CampaignWork work = Compute(NoOpPlans.Plan(8, 1, model: model), 1, 8);
        AllDone(8);

        Assert.Equal(GrainSet.All(8), Stated().Held);
        _node!.Hear(new GrainsAcknowledged(work.Id, 1, GrainSet.Of(0, 1, 2)));
        Assert.Equal(5, Reported().Count);
        Assert.Equal(GrainSet.All(8).Except(GrainSet.All(3)), Stated().Held);
    }

    [Fact]
    public void A_grant_that_answers_an_older_statement_is_not_taken()
    {
        var model = new LaneModel((_, _) => false, _ => 0);
        CampaignWork work = Compute(NoOpPlans.Plan(8, 1, model: model), 1, 0);
        StateHolding older = Stated(), newer = Stated();

        Assert.True(newer.Statement > older.Statement);
        _node!.Hear(new GrainsLeased(work.Id, 1, older.Statement, GrainSet.All(2), CampaignStatus.Running));
        Assert.True(Stated().Held.IsEmpty);
    }

    [Fact]
    public void A_campaign_whose_simulator_does_not_start_is_given_up_with_the_reason()
    {
        Plan plan = NoOpPlans.Plan(8, 1, model: new LaneModel((_, _) => false, _ => throw new InvalidOperationException("no shape")));
        CampaignWork work = Compute(plan, 1, 8);

        Assert.True(SpinWait.SpinUntil(() => work.IsClosed, _hang));
        Assert.Contains("no shape", _node!.Problem(work.Id), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_process_died_with_the_next_one_computes_in_a_process_of_its_own()
    {
        using var folder = new Node.TemporaryFolder();
        string file = Path.Combine(folder.Path, "begun"), left = Path.Combine(folder.Path, "left");
        using var ends = new ManualResetEventSlim();
        var model = new LaneModel((simulation, _) => simulation.Parameters[0] == 2 && !ends.Wait(_hang), _ => 0);
        Plan plan = NoOpPlans.Plan(4, 1, model: model);
        Compute(plan, 1, 4, width: 1, settings: one => one with { BegunFile = file });

        // Two are done, the third is in its lane when the process is gone.
        Assert.True(SpinWait.SpinUntil(() => Reported().Count == 2, _hang));
        File.Copy(file, left);
        ends.Set();
        AllDone(4);
        _node!.Dispose();
        Assert.False(File.Exists(file));

        var guard = new GuardOf(model);
        Compute(plan, 1, 4, width: 1, settings: one => one with { BegunFile = left, Guard = guard });
        AllDone(4);

        Assert.Equal([2], guard.Computed.Select(simulation => simulation.Parameters[0]));
        Assert.True(SpinWait.SpinUntil(() => guard.Ended == 1, _hang)); // the worker goes on, without anything to guard
        _node!.Dispose();
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void A_torn_line_is_no_grain_and_what_was_suspect_before_stays_so_until_it_is_done()
    {
        using var folder = new Node.TemporaryFolder();
        string file = Path.Combine(folder.Path, "begun");
        File.WriteAllText(file, "+ 1 a-000000 .\n+ 2 a-000000 .\n- 1 a-000000 .\n+ 3 a-00");

        using (var begun = new BegunGrains(file))
        {
            Assert.Equal([(new("a-000000"), 2)], begun.Suspects);
            begun.Begin(new("b-000000"), 7);
        }

        using (var begun = new BegunGrains(file))
        {
            Assert.Equal([(new("a-000000"), 2)], begun.Suspects);
            begun.Begin(new("a-000000"), 2);
            for (int grain = 10; grain < 9000; grain++)
            {
                begun.Begin(new("c-000000"), grain);
                begun.End(new("c-000000"), grain);
            }

            Assert.InRange(new FileInfo(file).Length, 1, 200_000);
            begun.End(new("a-000000"), 2);
        }

        Assert.False(File.Exists(file));
    }

    private sealed class GuardOf(LaneModel model) : IGuard
    {
        private int _ended;

        public List<Solver.Engine.Simulation> Computed { get; } = [];

        public int Ended => Volatile.Read(ref _ended);

        public Solver.Engine.ISimulator NewSimulator(Plan plan, int width) => new Recording(model.NewSimulator(width), this);

        private sealed class Recording(Solver.Engine.ISimulator inner, GuardOf guard) : Solver.Engine.ISimulator
        {
            public int Width => inner.Width;

            public void Run(Solver.Engine.ISimulationFeed feed) => inner.Run(new Feed(feed, guard.Computed));

            public void Dispose()
            {
                inner.Dispose();
                Interlocked.Increment(ref guard._ended);
            }
        }

        private sealed class Feed(Solver.Engine.ISimulationFeed inner, List<Solver.Engine.Simulation> computed) : Solver.Engine.ISimulationFeed
        {
            public bool Stopping => inner.Stopping;

            public bool TryNext(out Solver.Engine.Simulation simulation) => Noted(inner.TryNext(out simulation), simulation);

            public bool TryNext(int shape, out Solver.Engine.Simulation simulation) => Noted(inner.TryNext(shape, out simulation), simulation);

            public void Complete(Solver.Engine.Simulation simulation, in Solver.Engine.SimulationResult result) => inner.Complete(simulation, result);

            public bool Expired(Solver.Engine.Simulation simulation) => inner.Expired(simulation);

            private bool Noted(bool found, Solver.Engine.Simulation simulation)
            {
                if (found)
                {
                    computed.Add(simulation);
                }

                return found;
            }
        }
    }

    private CampaignWork Compute(Plan plan, int pointsPerGrain, int grains, int width = 4, int bound = 1000, Func<WorkerSettings, WorkerSettings>? settings = null)
    {
        var own = new WorkerSettings(1, width) { MaxWaiting = bound };
        _node = new WorkerNode(_store, settings?.Invoke(own) ?? own);
        var layout = new GrainLayout(plan.Points, 1, pointsPerGrain, 1);
        var spec = new SubmittedSpec(plan.Identity, plan.Text, layout, plan.Spec.Limits, plan.Spec.Observe, plan.Spec.Keep);
        _node.Open(new CampaignSpec(plan.Id, spec, DateTimeOffset.UnixEpoch), plan);
        CampaignWork work = _node.Find(plan.Id)!;
        _node.Hear(new GrainsLeased(work.Id, 1, Stated().Statement, GrainSet.All(grains), CampaignStatus.Running));
        return work;
    }

    private StateHolding Stated() => _node!.Rejoin().OfType<StateHolding>().Single();

    private List<GrainCompletion> Reported() => [.. _node!.Rejoin().OfType<CompleteGrains>().SelectMany(done => done.Grains)];

    private List<GrainCompletion> AllDone(int grains)
    {
        Assert.True(SpinWait.SpinUntil(() => Reported().Count == grains, _hang));
        return Reported();
    }
}
