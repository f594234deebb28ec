using System.Net;
using System.Net.Sockets;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Shared;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A node that stays until it is told to stop: goes on with what is not done, and takes submissions.</summary>
/// <param name="faces">Who is told.</param>
/// <param name="settings">The node.</param>
public sealed class ServingNode(Faces faces, NodeSettings settings)
{
    private const int NoteTicks = 60;
    private static readonly TimeSpan _joinInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs it until it is told to stop; then it leaves the cluster and hands its leases back.</summary>
    /// <exception cref="CommandException">A port is in use.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        // Before anything is written.
        CheckFree(settings.Host, settings.Port, "--port");
        if (settings.Http is { } http)
        {
            CheckFree(http.Host, http.Port, "--http");
        }

        NodeHost node = await NodeHost.StartAsync(settings, CancellationToken.None).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            await ServeAsync(node, stop).ConfigureAwait(false);
            faces.Note("stopping");
        }
    }

    private async Task ServeAsync(NodeHost node, CancellationToken stop)
    {
        string token = settings.Http is null ? "" : settings.Token ?? NodeToken.Keep(settings.DataFolder);
        ApiHost? api = settings.Http is { } http
            ? await ApiHost.StartAsync(node, http, token, stop).ConfigureAwait(false) : null;
        try
        {
            if (api is not null && IsCoordinator)
            {
                ServerNote.Write(settings.DataFolder, api.Url);
            }

            await JoinAsync(node, stop).ConfigureAwait(false);
            IReadOnlyList<CampaignId> open = await GoOnAsync(node, stop).ConfigureAwait(false);
            api?.Started();
            Tell(node, api?.Url, token, open);
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As told.
        }
        finally
        {
            if (IsCoordinator)
            {
                // Others share the folder, but not the note.
                ServerNote.Remove(settings.DataFolder);
            }

            if (api is not null)
            {
                await api.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private bool IsCoordinator => settings.Roles.HasFlag(NodeRoles.Coordinator);

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

    private async Task<IReadOnlyList<CampaignId>> GoOnAsync(NodeHost node, CancellationToken stop) =>
        IsCoordinator ? await node.GoOnAsync(stop).ConfigureAwait(false) : [];

    private void Tell(NodeHost node, Uri? url, string token, IReadOnlyList<CampaignId> open)
    {
        string? address = url is null ? null : $"{url}?token={token}";
        faces.Show(
            new
            {
                url = url?.ToString().TrimEnd('/'),
                token = url is null ? null : token,
                cluster = node.Address,
                roles = RoleNames.Of(settings.Roles),
                data = settings.DataFolder,
                store = settings.StoreName,
                workers = settings.Workers,
                resumed = open.Select(id => id.Value),
            },
            () => $"CalciumSweep {FrontDoor.Version}   {settings.Workers} solver threads, results in {settings.DataFolder}\n"
                + $"Cluster   {node.Address}   {string.Join(", ", RoleNames.Of(settings.Roles))}\n"
                + (address is null ? "" : $"API       {address}\n")
                + (open.Count == 0 ? "" : $"Goes on   {string.Join(", ", open.Take(10))}{(open.Count > 10 ? ", …" : "")}\n")
                + "Ctrl-C stops cleanly; calciumsweep submit SPEC.yaml hands it a sweep\n");
    }

    private static void CheckFree(string host, int port, string option)
    {
        if (port == 0)
        {
            return;
        }

        IPAddress address = host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host.Trim('[', ']'));
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            string why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is in use by another process" : $"cannot be listened on ({e.Message})";
            throw new CommandException($"{option}: {host}:{port} {why}", $"{option} names another one; port 0 is any free one");
        }
    }
}
