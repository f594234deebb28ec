using System.Diagnostics.Metrics;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What <c>/metrics</c> tells of a node beside what is counted where results are written; read when it is asked for.</summary>
internal sealed class NodeMeter : IDisposable
{
    /// <summary>Name of the meters of this program.</summary>
    public const string Name = "CalciumSweep";

    private readonly Meter _meter = new(Name);

    /// <summary>Instruments of a node.</summary>
    public NodeMeter(NodeHost node)
    {
        _meter.CreateObservableGauge("calciumsweep.nodes", () => Nodes(node), description: "Nodes of the cluster, by role");
        if (node.Worker is not { } worker)
        {
            return;
        }

        _meter.CreateObservableCounter(
            "calciumsweep.simulations", () => worker.AllSimulated, description: "Simulations computed and stored here since the node started");
        _meter.CreateObservableCounter(
            "calciumsweep.solver.time", () => worker.SolverSeconds, "s", "Core time inside the solver since the node started");
        _meter.CreateObservableGauge("calciumsweep.solver.threads", () => node.Settings.Workers, description: "Solver threads");
        _meter.CreateObservableGauge("calciumsweep.solver.threads.busy", () => worker.BusyThreads, description: "Solver threads at work");
        _meter.CreateObservableGauge("calciumsweep.lanes", () => node.Settings.Workers * worker.Lanes, description: "Lanes of all solver threads");
        _meter.CreateObservableGauge("calciumsweep.lanes.busy", () => worker.BusyLanes, description: "Simulations in the lanes");
        _meter.CreateObservableGauge("calciumsweep.grains", () => Grains(worker), description: "Grains leased to this node: queued, begun, or stored and not acknowledged");
        _meter.CreateObservableGauge("calciumsweep.store.waiting", () => worker.Waiting, description: "Simulations that wait in memory for the result store");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Nodes(NodeHost node) => node.Members().Where(member => member.IsReachable)
        .SelectMany(member => member.Roles).GroupBy(role => role, StringComparer.Ordinal)
        .Select(role => new Measurement<long>(role.LongCount(), new KeyValuePair<string, object?>("role", role.Key)));

    private static IEnumerable<Measurement<long>> Grains(WorkerNode worker)
    {
        var (queued, begun, stored) = worker.Grains;
        yield return Of(queued, "queued");
        yield return Of(begun, "begun");
        yield return Of(stored, "stored");
    }

    private static Measurement<long> Of(long count, string state) => new(count, new KeyValuePair<string, object?>("state", state));
}
