using Akka.Actor;
using Akka.Cluster;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a node offers to those who talk to it from outside.</summary>
public sealed partial class NodeHost
{
    private static readonly TimeSpan _reportTime = TimeSpan.FromSeconds(2), _drainTime = TimeSpan.FromSeconds(10);

    /// <summary>How it runs.</summary>
    public NodeSettings Settings => _settings;

    /// <summary>True while the node is a member of its cluster that takes part.</summary>
    public bool IsUp => !_member.System.WhenTerminated.IsCompleted && Cluster.Get(_member.System).SelfMember.Status == MemberStatus.Up;

    private bool HasOtherCoordinators => Members().Any(
        member => !member.IsSelf && member.IsReachable && member.Roles.Contains("coordinator", StringComparer.Ordinal));

    /// <summary><c>host:port</c> of the cluster port.</summary>
    public string Address => Place(Cluster.Get(_member.System).SelfAddress);

    /// <summary>The nodes of the cluster.</summary>
    public IReadOnlyList<NodeMember> Members()
    {
        Cluster cluster = Cluster.Get(_member.System);
        var state = cluster.State;
        return
        [
            .. state.Members.Select(member => new NodeMember(
                Place(member.Address), [.. member.Roles.Order(StringComparer.Ordinal)], CampaignDocument.Name(member.Status),
                !state.Unreachable.Contains(member), member.UniqueAddress.Equals(cluster.SelfUniqueAddress))),
        ];
    }

    /// <summary>The nodes that simulate, each with what it says of itself; null of one that does not answer.</summary>
    public async Task<IReadOnlyList<(NodeMember Node, WorkerReport? Report)>> WorkersAsync(CancellationToken cancel)
    {
        NodeMember[] workers = [.. Members().Where(member => member.Roles.Contains("worker", StringComparer.Ordinal))];
        WorkerReport?[] reports = await Task.WhenAll(workers.Select(member => ReportAsync(member, cancel))).ConfigureAwait(false);
        return [.. workers.Zip(reports)];
    }

    private Task<WorkerReport?> ReportAsync(NodeMember member, CancellationToken cancel) => member.IsSelf && Worker is { } own
        ? Task.FromResult<WorkerReport?>(own.Report())
        : member.IsReachable ? AskWorkerAsync(member, new GetWorkerReport(), _reportTime, cancel) : Task.FromResult<WorkerReport?>(null);

    private async Task<WorkerReport?> AskWorkerAsync(NodeMember member, IWorkerMessage question, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            string scheme = Cluster.Get(_member.System).SelfAddress.ToString().Split("://")[0];
            return await _member.System.ActorSelection($"{scheme}://{_member.System.Name}@{member.Address}/user/worker")
                .Ask<WorkerReport>(question, patience, cancel).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Removes a campaign with all its results.</summary>
    public async Task DeleteAsync(CampaignId id, CancellationToken cancel)
    {
        // Answered by the standing of a campaign that nobody knows any more.
        await StandingAsync(new DeleteCampaign(id), cancel).ConfigureAwait(false);
        _submitted.TryRemove(id, out _);
        if (Store.FindCampaign(id.Value) is { } left && left.Id == id)
        {
            // A journal that was lost does not know what it should remove.
            Store.DeleteCampaign(id);
        }
    }

    /// <summary>Changes a campaign's share of the workers.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="priority">−10 … 10.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> PrioritizeAsync(CampaignId id, int priority, CancellationToken cancel) =>
        AskAsync(new ChangePriority(id, priority), cancel);

    /// <summary>Stops the worker of a node: what it holds goes back to the queue, and it takes nothing more.</summary>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    /// <returns>How it is then; null if there is no such worker, or its node does not answer.</returns>
    public async Task<(NodeMember Node, WorkerReport? Report)?> DrainAsync(string worker, CancellationToken cancel)
    {
        foreach ((NodeMember node, WorkerReport? report) in await WorkersAsync(cancel).ConfigureAwait(false))
        {
            if (report?.Worker.Value == worker)
            {
                return (node, await AskWorkerAsync(node, new DrainWorker(), _drainTime, cancel).ConfigureAwait(false));
            }
        }

        return null;
    }

    /// <summary>Changes what is done with a campaign.</summary>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> ChangeAsync(CampaignId id, CampaignChange change, CancellationToken cancel) => change switch
    {
        CampaignChange.Pause => PauseAsync(id, cancel),
        CampaignChange.Resume => ResumeAsync(id, cancel),
        CampaignChange.Cancel => CancelAsync(id, cancel),
        _ => RetryAsync(id, null, cancel),
    };

    /// <summary>Queues quarantined simulations again.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="grains">Grains that hold some of them; null: all.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> RetryAsync(CampaignId id, GrainSet? grains, CancellationToken cancel) =>
        AskAsync(grains is null ? new RetryQuarantined(id) : new RetryGrains(id, grains), cancel);

    /// <summary>Goes on with every campaign that was not done when the last process ended.</summary>
    /// <returns>Those that it goes on with.</returns>
    public async Task<IReadOnlyList<CampaignId>> GoOnAsync(CancellationToken cancel)
    {
        CampaignId[] open =
        [
            .. Store.Campaigns().Where(c => c.State is CampaignStatus.Running or CampaignStatus.Interrupted).Select(c => c.Id),
        ];
        await Task.WhenAll(open.Select(id => GoOnAsync(id, cancel))).ConfigureAwait(false);
        return open;
    }

    // A journal that does not know it was lost: the store has the spec, and what is stored is taken over.
    private async Task GoOnAsync(CampaignId id, CancellationToken cancel)
    {
        try
        {
            await ResumeAsync(id, cancel).ConfigureAwait(false);
        }
        catch (UnknownCampaignException)
        {
            CampaignRecord record = Store.FindCampaign(id.Value)!;
            await SubmitAsync(Parse(record.SpecText), record.Layout, cancel).ConfigureAwait(false);
        }
    }

    private static string Place(Akka.Actor.Address address) => $"{address.Host}:{address.Port}";
}
