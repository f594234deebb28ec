using System.Collections.Concurrent;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What the API does with campaigns: reads the store, asks the node. Thread-safe.</summary>
internal sealed class CampaignDesk(NodeHost node) : IDisposable
{
    // A submission waits for it; the grains' size does not need more.
    private static readonly TimeSpan _pilotBudget = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _pilots = new(1);
    private readonly GuardedPilot _guarded = GuardCommand.Pilot();

    /// <summary>Called when somebody was told of a change that was made here; on any thread.</summary>
    public Action<CampaignAnswer>? Changed { get; set; }

    /// <summary>Its node.</summary>
    public NodeHost Node => node;

    /// <summary>What is stored.</summary>
    public Archive Archive { get; } = Archive.Over(node.Store);

    /// <summary>Campaigns, oldest first.</summary>
    /// <param name="after">Id of the last one of the page before; null begins with the oldest.</param>
    /// <param name="limit">Most that are wanted; null: all.</param>
    /// <param name="cancel">Gives up waiting for an answer.</param>
    /// <returns>The page, and whether more follow.</returns>
    /// <exception cref="CommandException">There is no campaign to go on after.</exception>
    public async Task<(IReadOnlyList<CampaignAnswer> Page, bool IsMore)> ListAsync(string? after, int? limit, CancellationToken cancel)
    {
        IReadOnlyList<CampaignRecord> all = Archive.Campaigns();
        int first = after is null ? 0 : 1 + all.ToList().FindIndex(record => record.Id.Value == after);
        if (after is not null && first == 0)
        {
            throw new CommandException($"there is no campaign '{after}' to go on after", "begin without 'after' again", ExitCode.NotFound);
        }

        var answers = new List<CampaignAnswer>();
        int end = Math.Min(all.Count, first + Math.Clamp(limit ?? all.Count, 1, Math.Max(1, all.Count)));
        for (int i = first; i < end; i++)
        {
            try
            {
                answers.Add(await AnswerAsync(all[i], cancel).ConfigureAwait(false));
            }
            catch (UnknownCampaignException)
            {
                // Deleted since the list was read.
            }
        }

        return (answers, end < all.Count);
    }

    /// <summary>Where a campaign stands.</summary>
    public Task<CampaignAnswer> StatusAsync(string campaign, CancellationToken cancel) => AnswerAsync(Archive.Get(campaign), cancel);

    /// <summary>Where a campaign stands: from the store if it is done, else from its entity.</summary>
    public async Task<CampaignAnswer> AnswerAsync(CampaignRecord record, CancellationToken cancel)
    {
        bool isDone = record.State is CampaignStatus.Completed or CampaignStatus.Cancelled;
        return Answer(
            isDone ? Archive.View(record) : await node.StatusAsync(record.Id, cancel).ConfigureAwait(false), PlanOf(record)).With(record.Label);
    }

    /// <summary>The plan of a campaign.</summary>
    public Plan PlanOf(CampaignRecord record) => _plans.GetOrAdd(record.Identity, _ => Archive.PlanOf(record));

    /// <summary>Submits a spec.</summary>
    /// <param name="text">The spec, YAML or JSON.</param>
    /// <param name="file">Name of its file; the default of its name.</param>
    /// <param name="priority">−10 … 10; null leaves it.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    /// <returns>Where it stands, and whether it is new.</returns>
    public async Task<(CampaignAnswer Answer, bool IsNew)> SubmitAsync(string text, string file, int? priority, CancellationToken cancel)
    {
        RefusePath(text);
        Plan plan = SpecReader.Parse(text, file).Plan;
        CampaignRecord? known = node.Store.FindByIdentity(plan.Identity);
        GrainLayout layout = known?.Layout ?? await LayoutAsync(plan, cancel).ConfigureAwait(false);
        CampaignView view = await node.SubmitAsync(plan, layout, cancel, priority).ConfigureAwait(false);
        return (Answer(view, plan).With(known?.Label), known is null);
    }

    /// <summary>What a spec would make and cost here; nothing changes.</summary>
    public async Task<PreviewAnswer> PreviewAsync(string text, string file, CancellationToken cancel)
    {
        RefusePath(text);
        PlanReading reading = SpecReader.Parse(text, file);
        Plan plan = reading.Plan;
        PilotEstimate pilot = await PilotAsync(plan, cancel).ConfigureAwait(false);
        var cost = new PlanCost(plan, pilot, node.Settings.Workers);
        CampaignRecord? known = node.Store.FindByIdentity(plan.Identity);
        return new(
            plan.Id.Value, known is not null, plan.Model.Scenario,
            [.. plan.Spec.Axes.Select(axis => new PreviewAxis(axis.Parameter, axis.Unit, axis.Values.Count))], plan.Points,
            plan.Spec.Replicates, plan.Simulations, GrainLayout.Choose(plan.Points, plan.Spec.Replicates, pilot.MeanSeconds).Grains,
            new(cost.LowSeconds, cost.HighSeconds), cost.Bytes, [.. reading.Warnings.Select(warning => warning.Message)]);
    }

    /// <summary>Changes what is done with a campaign.</summary>
    public async Task<CampaignAnswer> ChangeAsync(string campaign, CampaignChange change, CancellationToken cancel)
    {
        CampaignRecord record = Archive.Get(campaign);
        CampaignView view = await node.ChangeAsync(record.Id, change, cancel).ConfigureAwait(false);
        return Told(Answer(view, PlanOf(record)).With(record.Label));
    }

    /// <summary>Queues quarantined simulations again.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="request">Which; null: all.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    public async Task<CampaignAnswer> RetryAsync(string campaign, RetryRequest? request, CancellationToken cancel)
    {
        CampaignRecord record = Archive.Get(campaign);
        CampaignView view = await node.RetryAsync(record.Id, QuarantineChoice.Grains(record, request), cancel).ConfigureAwait(false);
        return Told(Answer(view, PlanOf(record)).With(record.Label));
    }

    /// <summary>Changes what people say of a campaign; null leaves a part as it is.</summary>
    public Task<CampaignAnswer> LabelAsync(string campaign, LabelRequest request, CancellationToken cancel)
    {
        (IReadOnlyList<string>? tags, string? note) = request.Checked();
        CampaignId id = Archive.Get(campaign).Id;
        node.Store.LabelCampaign(id, tags, note);
        return AnswerAsync(Archive.Get(id.Value), cancel);
    }

    /// <summary>Changes the share of the workers that a campaign has.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="priority">−10 … 10.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    public async Task<CampaignAnswer> PrioritizeAsync(string campaign, int priority, CancellationToken cancel)
    {
        CampaignRecord record = Archive.Get(campaign);
        CampaignView view = await node.PrioritizeAsync(record.Id, SubmitCommand.Checked(priority)!.Value, cancel).ConfigureAwait(false);
        return Answer(view, PlanOf(record)).With(record.Label);
    }

    /// <summary>Changes many campaigns, one after the other; what is refused for one is done for the others.</summary>
    public async Task<IReadOnlyList<BulkAnswer>> BulkAsync(BulkRequest request, CancellationToken cancel)
    {
        CampaignChange? change = request.Checked();
        var answers = new List<BulkAnswer>();
        foreach (string campaign in request.Campaigns.Distinct(StringComparer.Ordinal))
        {
            try
            {
                answers.Add(change is { } wanted
                    ? new(campaign, (await ChangeAsync(campaign, wanted, cancel).ConfigureAwait(false)).State, null)
                    : new(await DeleteAsync(campaign, cancel).ConfigureAwait(false), BulkCheck.Deleted, null));
            }
            catch (CalciumSweepException e)
            {
                answers.Add(new(campaign, null, e.Message));
            }
        }

        return answers;
    }

    /// <summary>Removes a campaign with all its results.</summary>
    public async Task<string> DeleteAsync(string campaign, CancellationToken cancel)
    {
        CampaignRecord record = Archive.Get(campaign);
        await node.DeleteAsync(record.Id, cancel).ConfigureAwait(false);
        _plans.TryRemove(record.Identity, out _);
        return record.Id.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Archive.Dispose();
        _pilots.Dispose();
    }

    private CampaignAnswer Told(CampaignAnswer answer)
    {
        Changed?.Invoke(answer);
        return answer;
    }

    private CampaignAnswer Answer(CampaignView view, Plan plan) => CampaignDocument.Of(view, plan, node.Settings.StoreName);

    // Others than the user of this machine must not make the server read its files.
    private void RefusePath(string text)
    {
        if (node.Settings.Http is { } http && !ListenAddress.IsLoopback(http.Host) && ScenarioPath.IsIn(text))
        {
            throw new CommandException("scenario: a path is not taken from other machines", "name a built-in scenario");
        }
    }

    private async Task<GrainLayout> LayoutAsync(Plan plan, CancellationToken cancel)
    {
        PilotEstimate pilot = await PilotAsync(plan, cancel).ConfigureAwait(false);
        return GrainLayout.Choose(plan.Points, plan.Spec.Replicates, pilot.MeanSeconds);
    }

    // One pilot at a time, on a thread of its own: it computes. What is built in ends no process; who knows what a file does.
    private async Task<PilotEstimate> PilotAsync(Plan plan, CancellationToken cancel)
    {
        await _pilots.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                () => ScenarioPath.IsIn(plan.Text) ? _guarded.Run(plan, LaneWidth.Best, _pilotBudget)
                    : Pilot.Run(plan, LaneWidth.Best, _pilotBudget), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
        finally
        {
            _pilots.Release();
        }
    }
}
