using CalciumSweep.Shared;
using CalciumSweep.Solver;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A node that stays until it is told to stop: goes on with what is not done, and takes submissions.</summary>
/// <param name="faces">Who is told.</param>
/// <param name="settings">The node.</param>
public sealed class ServingNode(Faces faces, NodeSettings settings)
{
    private const int NoteTicks = 60;
    private static readonly TimeSpan _joinInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _againInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs it until it is told to stop; then it leaves the cluster and hands its leases back.</summary>
    /// <exception cref="CommandException">A port is in use.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        NodeDoor.CheckFree(settings);
        NodeHost node = await NodeHost.StartAsync(settings, CancellationToken.None).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            try
            {
                await ServeAsync(node, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                faces.Note("stopping");
            }
        }
    }

    private async Task ServeAsync(NodeHost node, CancellationToken stop)
    {
        NodeDoor door = await NodeDoor.OpenAsync(node, stop).ConfigureAwait(false);
        await using (door.ConfigureAwait(false))
        {
            await JoinAsync(node, stop).ConfigureAwait(false);
            IReadOnlyList<CampaignId> open = settings.Roles.HasFlag(NodeRoles.Coordinator)
                ? await GoOnAsync(node, stop).ConfigureAwait(false) : [];
            door.Started();
            Tell(node, door, open);
            await DrainedAsync(node, stop).ConfigureAwait(false);
        }
    }

    // A token that the operator gave is known to him, and what is printed may be collected with the logs.
    private string Key(NodeDoor door) => door.Token is null ? "metrics" : settings.Token is null ? $"?token={door.Token}" : "   wants your token";

    // A node that is a worker alone has nothing more to do once that is drained.
    private async Task DrainedAsync(NodeHost node, CancellationToken stop)
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (node.Worker is { } worker && !settings.Roles.HasFlag(NodeRoles.Coordinator))
        {
            worker.Drained = () => drained.TrySetResult();
            if (worker.IsDrained)
            {
                drained.TrySetResult();
            }
        }

        await drained.Task.WaitAsync(stop).ConfigureAwait(false);
        faces.Note("drained");
    }

    // A seed that is not there yet is waited for.
    private async Task JoinAsync(NodeHost node, CancellationToken stop)
    {
        for (int i = 0; !node.IsUp; i++)
        {
            if (i == NoteTicks)
            {
                faces.Note($"waiting for {string.Join(", ", settings.Seeds)}");
            }

            await Task.Delay(_joinInterval, stop).ConfigureAwait(false);
        }
    }

    // After a power cut journal, store and the other coordinators come back in any order, and late: that is no reason to end.
    private async Task<IReadOnlyList<CampaignId>> GoOnAsync(NodeHost node, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await node.GoOnAsync(stop).ConfigureAwait(false);
            }
            catch (CalciumSweepException e) when (e is NodeSilentException or StoreUnavailableException)
            {
                faces.Note(e.Message);
                await Task.Delay(_againInterval, stop).ConfigureAwait(false);
            }
        }
    }

    private void Tell(NodeHost node, NodeDoor door, IReadOnlyList<CampaignId> open)
    {
        string address = door.Url is null ? "" : $"{NodeDoor.Label(settings)}{door.Url}{Key(door)}\n";
        faces.Show(
            new
            {
                url = door.Url?.ToString().TrimEnd('/'),
                token = door.Token,
                cluster = node.Address,
                roles = RoleNames.Of(settings.Roles),
                data = settings.DataFolder,
                store = settings.StoreName,
                workers = settings.Workers,
                resumed = open.Select(id => id.Value),
            },
            () => $"CalciumSweep {FrontDoor.Version}   {settings.Workers} solver threads, results in {settings.DataFolder}\n"
                + $"Cluster   {node.Address}   {string.Join(", ", RoleNames.Of(settings.Roles))}\n{address}"
                + (open.Count == 0 ? "" : $"Goes on   {string.Join(", ", open.Take(10))}{(open.Count > 10 ? ", …" : "")}\n")
                + "Ctrl-C stops cleanly; calciumsweep submit SPEC.yaml hands it a sweep\n");
    }
}
