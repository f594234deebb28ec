using System.Net;
using System.Net.Sockets;
using CalciumSweep.Coordinator.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The way into a node from outside: its API, if it is to have one, the key to it, and the note that tells where it is.</summary>
public sealed class NodeDoor : IAsyncDisposable
{
    private readonly NodeSettings _settings;
    private readonly ApiHost? _api;

    private NodeDoor(NodeSettings settings, ApiHost? api, string? token) => (_settings, _api, Token) = (settings, api, token);

    /// <summary>Where the API answers; null if there is none.</summary>
    public Uri? Url => _api?.Url;

    /// <summary>The key to it; null if there is none.</summary>
    public string? Token { get; }

    /// <summary>What is at its address.</summary>
    public static string Label(NodeSettings settings) => settings.Roles.HasFlag(NodeRoles.Dashboard) ? "Dashboard "
        : settings.Roles == NodeRoles.Worker ? "Metrics   " : "API       ";

    /// <summary>Refuses ports that are in use, before anything is written.</summary>
    /// <exception cref="CommandException">One is in use, or no address of this machine.</exception>
    public static void CheckFree(NodeSettings settings)
    {
        CheckFree(settings.Host, settings.Port, "--port");
        if (settings.Http is { } http)
        {
            CheckFree(http.Host, http.Port, "--http");
        }
    }

    /// <summary>Opens it.</summary>
    /// <param name="node">The node; lives longer than this.</param>
    /// <param name="cancel">Gives the start up.</param>
    public static async Task<NodeDoor> OpenAsync(NodeHost node, CancellationToken cancel)
    {
        NodeSettings settings = node.Settings;
        if (settings.Http is not { } http)
        {
            return new(settings, null, null);
        }

        string? token = settings.Roles == NodeRoles.Worker ? null : settings.Token ?? NodeToken.Keep(settings.DataFolder);
        ApiHost api = await ApiHost.StartAsync(node, http, token, cancel).ConfigureAwait(false);
        if (HoldsFolder(settings))
        {
            ServerNote.Write(settings.DataFolder, api.Url);
        }

        return new(settings, api, token);
    }

    /// <summary>The node goes on with its campaigns: it has started.</summary>
    public void Started() => _api?.Started();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_api is null)
        {
            return;
        }

        if (HoldsFolder(_settings))
        {
            ServerNote.Remove(_settings.DataFolder);
        }

        await _api.DisposeAsync().ConfigureAwait(false);
    }

    // Others share the folder, but not the note.
    private static bool HoldsFolder(NodeSettings settings) => settings.Roles.HasFlag(NodeRoles.Coordinator);

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
