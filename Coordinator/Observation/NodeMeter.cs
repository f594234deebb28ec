using System.Diagnostics.Metrics;
using System.Reflection;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using CalciumSweep.Store;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Observation;

/// <summary>
/// What is told of a node beside what is counted where it happens; read when it is asked for. docs/metrics.md has the
/// names as they are exported.
/// </summary>
internal sealed class NodeMeter : IDisposable
{
    private readonly Meter _meter = new(Signals.Name);

    /// <summary>Instruments of a node.</summary>
    public NodeMeter(NodeHost node)
    {
        _meter.CreateObservableGauge("calciumsweep.build.info", () => Build(node.Settings.Roles), description: "1, with version, revision and roles of the process");
        _meter.CreateObservableGauge("calciumsweep.nodes", () => Nodes(node), description: "Reachable nodes of the cluster, by role");
        _meter.CreateObservableCounter("calciumsweep.store.errors", Errors, description: "Uses of the result store that failed and are tried again, by what for");
        if (node.Worker is { } worker)
        {
            AddWorker(worker, node.Settings.Workers);
        }

        if (node.Settings.Roles.HasFlag(NodeRoles.Coordinator))
        {
            AddCampaigns(node.Board);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void AddWorker(WorkerNode worker, int threads)
    {
        _meter.CreateObservableCounter(
            "calciumsweep.simulations", () => worker.AllSimulated, description: "Simulations computed and stored here since the node started");
        _meter.CreateObservableCounter(
            "calciumsweep.solver.time", () => worker.SolverSeconds, "s", "Core time inside the solver since the node started");
        _meter.CreateObservableGauge("calciumsweep.solver.threads", () => threads, description: "Solver threads");
        _meter.CreateObservableGauge("calciumsweep.solver.threads.busy", () => worker.BusyThreads, description: "Solver threads at work");
        _meter.CreateObservableGauge("calciumsweep.lanes", () => threads * worker.Lanes, description: "Lanes of all solver threads");
        _meter.CreateObservableGauge("calciumsweep.lanes.busy", () => worker.BusyLanes, description: "Simulations in the lanes");
        _meter.CreateObservableGauge("calciumsweep.grains", () => Grains(worker), description: "Grains leased to this node: queued, begun, or stored and not acknowledged");
        _meter.CreateObservableGauge("calciumsweep.store.waiting", () => worker.Waiting, description: "Simulations that wait in memory for the result store");
        _meter.CreateObservableGauge("calciumsweep.store.spilled", () => worker.SpilledBytes, "By", "Results that wait on the disk for the result store");
    }

    private void AddCampaigns(CampaignBoard board)
    {
        _meter.CreateObservableGauge(
            "calciumsweep.pending", () => board.Campaigns.Sum(campaign => campaign.Pending),
            description: "Simulations neither stored nor given up, of the campaigns that this node owns");
        Add("calciumsweep.leases", "Grains that workers hold", campaign => campaign.Leased);
        Add("calciumsweep.campaign.workers", "Workers that take part", campaign => campaign.Workers);
        Add("calciumsweep.campaign.simulations", "Simulations asked for", campaign => campaign.Simulations);
        Add("calciumsweep.campaign.done", "Simulations stored", campaign => campaign.Done);
        Add("calciumsweep.campaign.pending", "Simulations neither stored nor given up", campaign => campaign.Pending);
        Add("calciumsweep.campaign.quarantined", "Simulations given up", campaign => campaign.Quarantined);
        _meter.CreateObservableGauge(
            "calciumsweep.campaign.remaining", () => board.Campaigns.SelectMany(Remaining), "s",
            "Time left: from the rate over all and that of the last half minute, the lower and the higher");

        void Add(string name, string what, Func<CampaignFigures, long> figure) => _meter.CreateObservableGauge(
            name, () => board.Campaigns.Select(campaign => new Measurement<long>(figure(campaign), Of(campaign))), description: $"{what}, by campaign that is not done");
    }

    private static IEnumerable<Measurement<double>> Remaining(CampaignFigures campaign)
    {
        if (campaign.SecondsLeft is var (low, high))
        {
            yield return new(low, Of(campaign), Label("bound", "low"));
            yield return new(high, Of(campaign), Label("bound", "high"));
        }
    }

    private static IEnumerable<Measurement<long>> Errors() =>
        [new(StoreMeter.ResultErrors, Label("what", "results")), new(StoreMeter.CampaignErrors, Label("what", "campaigns"))];

    private static Measurement<int> Build(NodeRoles roles)
    {
        string[] version = (typeof(NodeMeter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+');
        return new(1, Label("version", version[0]), Label("revision", version.Length > 1 ? version[1] : ""), Label("roles", string.Join(' ', RoleNames.Of(roles))));
    }

    private static IEnumerable<Measurement<long>> Nodes(NodeHost node) => node.Members().Where(member => member.IsReachable)
        .SelectMany(member => member.Roles).GroupBy(role => role, StringComparer.Ordinal)
        .Select(role => new Measurement<long>(role.LongCount(), Label("role", role.Key)));

    private static IEnumerable<Measurement<long>> Grains(WorkerNode worker)
    {
        var (queued, begun, stored) = worker.Grains;
        yield return new(queued, Label("state", "queued"));
        yield return new(begun, Label("state", "begun"));
        yield return new(stored, Label("state", "stored"));
    }

    private static KeyValuePair<string, object?> Of(CampaignFigures campaign) => Label("campaign", campaign.Id.Value);

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
