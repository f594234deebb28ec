using CalciumSweep.Coordinator.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The dashboard alone, in front of a server: no member of the cluster, no data of its own.</summary>
/// <param name="faces">Who is told.</param>
/// <param name="http">Where it listens.</param>
/// <param name="server">The server that it shows.</param>
/// <param name="publicUrl">The address that browsers see; null: where it listens.</param>
public sealed class ServingDashboard(Faces faces, Uri http, Uri server, Uri? publicUrl)
{
    /// <summary>Runs it until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        DashboardHost host = await DashboardHost.StartAsync(http, server, publicUrl, stop).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            faces.Show(
                new { url = host.Url.ToString().TrimEnd('/'), server, roles = (string[])["dashboard"] },
                () => $"CalciumSweep {FrontDoor.Version}   dashboard of {server}\nDashboard {host.Url}   wants a token of that server\nCtrl-C stops it\n");
            try
            {
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                faces.Note("stopping");
            }
        }
    }
}
