using Microsoft.Extensions.Hosting;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The web server ends when its node ends it: signals are the node's.</summary>
internal sealed class NodeLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
