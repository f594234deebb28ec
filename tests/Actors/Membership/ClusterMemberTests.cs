using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using CalciumSweep.Actors.Node;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Unit;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.Actors.Membership;

/// <summary>Real actor systems on ports of their own. They compete for the cores: one after the other.</summary>
[Collection("nodes")]
public sealed class ClusterMemberTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryResults _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_only_coordinator_dies_and_comes_back_while_its_worker_goes_on()
    {
        Plan plan = NoOpPlans.Plan(400, 40, cost: 0.002);
        var members = new TestMember(_folder.Path, _store, plan, LocalPort.Free());
        using var node = new WorkerNode(_store, new WorkerSettings(2, 4));
        await using ClusterMember coordinator = members.Coordinator();
        await using ClusterMember worker = members.Worker(node);
        await Until(() => TestMember.IsUp(worker, 2));
        await Submit(coordinator, plan);
        await Until(() => _store.StoredGrains(plan.Id).Count > 20);

        // As a kill looks to the others: it does not leave, it is gone. Its member makes a new actor system, as a supervisor would start a process.
        await coordinator.System.Terminate();
        int before = _store.StoredGrains(plan.Id).Count;
        await Until(() => worker.Incarnations == 2 || _store.StoredGrains(plan.Id).Count == 400);
        int meanwhile = _store.StoredGrains(plan.Id).Count;
        CampaignStanding end = await Completed(coordinator, plan);

        Assert.True(meanwhile > before, "the worker stood still while it had no coordinator");
        Assert.Equal(2, coordinator.Incarnations);
        Assert.Equal(16_000, end.Tally.Total);
        Assert.Equal(400, end.Completed);

        // Nothing was computed twice: what was held stayed held.
        Assert.Equal(16_000, node.Simulated(plan.Id));
        Assert.Null(end.Problem);
    }

    [Fact]
    public async Task The_only_coordinator_leaves_in_good_order_and_starts_again_and_its_worker_joins_it()
    {
        Plan plan = NoOpPlans.Plan(40, 10);
        var members = new TestMember(_folder.Path, _store, plan, LocalPort.Free());
        using var node = new WorkerNode(_store, new WorkerSettings(1, 4));
        ClusterMember first = members.Coordinator();
        await using ClusterMember worker = members.Worker(node);
        await Until(() => TestMember.IsUp(worker, 2));
        await first.DisposeAsync();

        await using ClusterMember second = members.Coordinator();
        await Submit(second, plan);
        CampaignStanding end = await Completed(second, plan);

        Assert.Equal(400, end.Tally.Total);
        Assert.Equal(2, worker.Incarnations);
    }

    [Fact]
    public async Task A_first_seed_forms_no_cluster_while_another_coordinator_takes_part_elsewhere()
    {
        var members = new TestMember(_folder.Path, _store, NoOpPlans.Plan(4, 1), LocalPort.Free());
        int asked = 0, entered = 0;
        bool hasOthers = true;
        var register = new CoordinatorRegister(_ => Interlocked.Increment(ref entered), _ =>
        {
            Interlocked.Increment(ref asked);
            return Volatile.Read(ref hasOthers);
        });

        // The other seed does not answer: it is cut off.
        await using ClusterMember seed = members.Coordinator(other: LocalPort.Free(), register: register);
        await Until(() => Volatile.Read(ref asked) == 6);
        Assert.False(TestMember.IsUp(seed, 1));
        Assert.Equal(0, entered);

        Volatile.Write(ref hasOthers, false);
        await Until(() => TestMember.IsUp(seed, 1) && Volatile.Read(ref entered) > 0);
    }

    [Fact]
    public async Task A_worker_that_leaves_hands_back_what_it_holds_and_another_does_it()
    {
        Plan plan = NoOpPlans.Plan(200, 20, cost: 0.002);
        var members = new TestMember(_folder.Path, _store, plan, LocalPort.Free());
        using var first = new WorkerNode(_store, new WorkerSettings(1, 4));
        using var second = new WorkerNode(_store, new WorkerSettings(1, 4));
        await using ClusterMember coordinator = members.Coordinator();
        ClusterMember leaving = members.Worker(first);
        await Until(() => TestMember.IsUp(leaving, 2));
        await Submit(coordinator, plan);
        await Until(() => _store.StoredGrains(plan.Id).Count > 10);

        await using ClusterMember staying = members.Worker(second);
        first.Stop(TimeSpan.FromSeconds(5));
        await leaving.DisposeAsync();
        CampaignStanding end = await Completed(coordinator, plan);

        Assert.Equal(4000, end.Tally.Total);
        Assert.Equal(4000, first.Simulated(plan.Id) + second.Simulated(plan.Id));
        Assert.Equal(0, end.Quarantined);
    }

    [Fact]
    public async Task Nodes_of_one_authority_form_a_cluster_and_a_stranger_gets_nowhere()
    {
        Plan plan = NoOpPlans.Plan(20, 5);
        var ours = new TestAuthority(_folder.Path, "ours");
        var theirs = new TestAuthority(_folder.Path, "theirs");
        var members = new TestMember(_folder.Path, _store, plan, LocalPort.Free());
        await using ClusterMember coordinator = members.Coordinator(ours.Node("c0"));
        ConcurrentQueue<string> warnings = Warnings(coordinator.System);
        await Until(() => TestMember.IsUp(coordinator, 1));

        // It trusts us, and would like to be trusted.
        await using (ClusterMember stranger = members.Worker(null, theirs.Node("w0", trusted: ours)))
        {
            await Until(() => warnings.Any(said => said.Contains("CN=w0", StringComparison.Ordinal)));
            Assert.False(TestMember.IsUp(stranger, 2));
        }

        using var node = new WorkerNode(_store, new WorkerSettings(1, 4));
        await using ClusterMember worker = members.Worker(node, ours.Node("w1"));
        await Until(() => TestMember.IsUp(worker, 2));
        await Submit(coordinator, plan);

        Assert.Equal(100, (await Completed(coordinator, plan)).Tally.Total);
        Assert.Single(Akka.Cluster.Cluster.Get(coordinator.System).State.Members, member => member.HasRole("worker"));
    }

    [Fact]
    public void Plain_tcp_is_refused_on_an_address_that_others_reach()
    {
        var plain = new MembershipSettings("10.0.0.7", 4053);

        Assert.Contains("wants TLS", Assert.Throws<CommandException>(plain.Check).Message, StringComparison.Ordinal);
        Assert.Throws<CommandException>((plain with { Host = "127.0.0.1", PublicHost = "10.0.0.7" }).Check);
        (plain with { Host = "127.0.0.1" }).Check();
        (plain with { Tls = new("a", null, "b") }).Check();
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_is_named()
    {
        ClusterTls good = new TestAuthority(_folder.Path, "ours").Node("c0");

        Assert.Contains("no-such.crt", Fails(good with { CertificateFile = "no-such.crt" }), StringComparison.Ordinal);
        Assert.Contains(good.KeyFile!, Fails(good with { AuthorityFile = good.KeyFile! }), StringComparison.Ordinal);
        Assert.Contains(good.CertificateFile, Fails(good with { KeyFile = new TestAuthority(_folder.Path, "theirs").Node("x").KeyFile }), StringComparison.Ordinal);
        Assert.False(good.Setup().SuppressValidation);
        Assert.True(good.Setup().RequireMutualAuthentication);
    }

    /// <summary>What a node warns of in its log.</summary>
    private static ConcurrentQueue<string> Warnings(ActorSystem system)
    {
        var said = new ConcurrentQueue<string>();
        system.EventStream.Subscribe(
            system.ActorOf(Props.Create(() => new Listener(said))), typeof(Warning));
        return said;
    }

    private static string Fails(ClusterTls tls) => Assert.Throws<CommandException>(tls.Setup).Message;

    private static Task<CampaignStanding> Submit(ClusterMember coordinator, Plan plan)
    {
        var layout = new GrainLayout(plan.Points, plan.Spec.Replicates, 1, plan.Spec.Replicates);
        return coordinator.Campaigns.Ask<CampaignStanding>(
            new SubmitCampaign(plan.Id, new(plan.Identity, plan.Text, layout, plan.Spec.Limits, plan.Spec.Observe, plan.Spec.Keep)), _hang);
    }

    private static async Task<CampaignStanding> Completed(ClusterMember coordinator, Plan plan)
    {
        while (true)
        {
            try
            {
                CampaignStanding standing = await coordinator.Campaigns.Ask<CampaignStanding>(new GetStanding(plan.Id), TimeSpan.FromSeconds(2));
                if (standing.Status == CampaignStatus.Completed)
                {
                    return standing;
                }
            }
            catch (AskTimeoutException)
            {
                // Its shards are on their way.
            }

            await Task.Delay(100);
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        using var hang = new CancellationTokenSource(_hang);
        while (!holds())
        {
            await Task.Delay(50, hang.Token);
        }
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<string> said) => Receive<LogEvent>(one => said.Enqueue(one.Message.ToString()!));
    }
}
