using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// The campaigns of a data folder: read from the store, also while a node works on it; changed by a node that is started
/// for that alone.
/// </summary>
/// <param name="dataFolder">The folder.</param>
/// <param name="logLevel">What a node tells on the console.</param>
public sealed class FolderCampaigns(string dataFolder, string logLevel) : ICampaigns
{
    private static readonly TimeSpan _pilotBudget = TimeSpan.FromSeconds(3);
    private Lazy<Archive> _archive = new(() => Archive.Open(dataFolder));

    /// <inheritdoc/>
    public string Place => dataFolder;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CampaignAnswer>> ListAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<CampaignAnswer>>(
            [.. _archive.Value.Campaigns().Select(record => CampaignDocument.Of(_archive.Value.View(record), null).With(record.Label))]);

    /// <inheritdoc/>
    public Task<CampaignAnswer> StatusAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        return Task.FromResult(CampaignDocument.Of(_archive.Value.View(record), Archive.PlanOf(record)).With(record.Label));
    }

    /// <inheritdoc/>
    public async Task<CampaignAnswer> SubmitAsync(string spec, int? priority, CancellationToken cancel)
    {
        Plan plan = SpecReader.Read(spec).Plan;
        GrainLayout layout = _archive.Value.Find(plan)?.Layout ?? GrainLayout.Choose(
            plan.Points, plan.Spec.Replicates, Pilot.Run(plan, LaneWidth.Best, _pilotBudget).MeanSeconds);
        CampaignView view = await WithNodeAsync(node => node.SubmitAsync(plan, layout, cancel, priority), cancel).ConfigureAwait(false);
        return await StatusAsync(view.Id.Value, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignAnswer> ChangeAsync(string campaign, CampaignChange change, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        await WithNodeAsync(node => node.ChangeAsync(record.Id, change, cancel), cancel).ConfigureAwait(false);
        return await StatusAsync(record.Id.Value, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignAnswer> RetryAsync(string campaign, RetryRequest? request, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        GrainSet? grains = QuarantineChoice.Grains(record, request);
        await WithNodeAsync(node => node.RetryAsync(record.Id, grains, cancel), cancel).ConfigureAwait(false);
        return await StatusAsync(record.Id.Value, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignAnswer> LabelAsync(
        string campaign, IReadOnlyList<string>? tags, string? note, int? priority, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        await WithNodeAsync(node =>
        {
            node.Store.LabelCampaign(record.Id, tags, note);
            return priority is { } wanted ? node.PrioritizeAsync(record.Id, wanted, cancel) : node.StatusAsync(record.Id, cancel);
        }, cancel).ConfigureAwait(false);
        return await StatusAsync(record.Id.Value, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        string outputs = _archive.Value.FolderOf(record);
        await WithNodeAsync(async node =>
        {
            await node.DeleteAsync(record.Id, cancel).ConfigureAwait(false);
            return true;
        }, cancel).ConfigureAwait(false);
        if (Directory.Exists(outputs))
        {
            Directory.Delete(outputs, recursive: true);
        }
    }

    /// <inheritdoc/>
    public Task ExportAsync(string campaign, ExportForm form, Stream output, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        form.Check(record);
        return form.WriteAsync(output, _archive.Value, record, Archive.PlanOf(record), cancel);
    }

    /// <inheritdoc/>
    public Task<CampaignPlan> PlanAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        return Task.FromResult(new CampaignPlan(record.Id.Value, Archive.PlanOf(record)));
    }

    /// <inheritdoc/>
    public Task<CampaignPoints> PointsAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        Plan plan = Archive.PlanOf(record);
        return Task.FromResult(new CampaignPoints(record.Id.Value, plan, _archive.Value.Points(record, plan)));
    }

    /// <inheritdoc/>
    public Task<CampaignSimulations> SimulationsAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = _archive.Value.Get(campaign);
        Plan plan = Archive.PlanOf(record);
        return Task.FromResult(new CampaignSimulations(record.Id.Value, plan, Simulations(record, plan)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_archive.IsValueCreated)
        {
            _archive.Value.Dispose();
        }
    }

    private IEnumerable<StoredSimulation> Simulations(CampaignRecord record, Plan plan)
    {
        int kept = plan.ObserveIndex.Count;
        foreach (GrainResult grain in _archive.Value.Grains(record, plan))
        {
            (long first, int count) = record.Layout.Range(grain.Grain);
            for (int i = 0; i < count; i++)
            {
                // A quarantined simulation has no outcome: there is nothing to compare.
                if (grain.Outcomes[i] is Outcome outcome)
                {
                    (long point, long replicate) = Math.DivRem(first + i, (long)record.Layout.Replicates);
                    double[] values = grain.Observables.Length == 0 ? [] : grain.Observables[(i * kept)..((i + 1) * kept)];
                    yield return new(point, (int)replicate, outcome, values);
                }
            }
        }
    }

    private async Task<T> WithNodeAsync<T>(Func<NodeHost, Task<T>> use, CancellationToken cancel)
    {
        var settings = new NodeSettings(dataFolder) { Workers = 1, LogLevel = logLevel };

        // A folder that was not there has a store from now on.
        Dispose();
        _archive = new(() => Archive.Open(dataFolder));
        NodeHost node = await NodeHost.StartAsync(settings, cancel).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            return await use(node).ConfigureAwait(false);
        }
    }
}
