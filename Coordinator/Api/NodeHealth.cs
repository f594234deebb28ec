using CalciumSweep.Coordinator.Cli;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Whether a node lives, has started, and can take requests.</summary>
internal sealed class NodeHealth(NodeHost node)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);
    private volatile bool _hasStarted, _isStopping;

    /// <summary>It goes on with what it found.</summary>
    public void Started() => _hasStarted = true;

    /// <summary>It takes no new requests any more.</summary>
    public void Stopping() => _isStopping = true;

    /// <summary>Null once it has started, else why not.</summary>
    public string? NotStarted() => _hasStarted ? null : node.IsUp ? "taking up campaigns" : "joining the cluster";

    /// <summary>Null if it can take requests, else why not.</summary>
    public async Task<string?> NotReadyAsync() => _isStopping ? "stopping" : NotStarted()
        ?? (node.IsUp ? await StoreProblemAsync().ConfigureAwait(false) : "not in the cluster");

    private async Task<string?> StoreProblemAsync()
    {
        try
        {
            // One look into an index; nothing has this identity.
            await Task.Run(() => node.Store.FindByIdentity("")).WaitAsync(_patience).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            return "the result store does not answer";
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
