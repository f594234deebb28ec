using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Placeholder.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private NodeHost(IResultStore store) => Store = store;

    /// <summary>Results.</summary>
    public IResultStore Store { get; }

    /// <summary>Starts a node.</summary>
    public static Task<NodeHost> StartAsync(NodeSettings settings, CancellationToken cancel) =>
        throw new NotSupportedException(settings.DataFolder);

    /// <summary>Submits.</summary>
    public Task<CampaignView> SubmitAsync(Plan plan, GrainLayout layout, CancellationToken cancel) => throw new NotSupportedException(Store.ToString());

    /// <summary>Asks.</summary>
    public Task<CampaignView> StatusAsync(CampaignId id, CancellationToken cancel) => throw new NotSupportedException(Store.ToString());

    /// <summary>Pauses.</summary>
    public Task<CampaignView> PauseAsync(CampaignId id, CancellationToken cancel) => throw new NotSupportedException(Store.ToString());

    /// <summary>Resumes.</summary>
    public Task<CampaignView> ResumeAsync(CampaignId id, CancellationToken cancel) => throw new NotSupportedException(Store.ToString());

    /// <summary>Cancels.</summary>
    public Task<CampaignView> CancelAsync(CampaignId id, CancellationToken cancel) => throw new NotSupportedException(Store.ToString());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
