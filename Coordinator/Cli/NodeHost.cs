using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Coordinator.Observation;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;
using CalciumSweep.Worker;
using Serilog.Core;
using Serilog.Events;
using LaneWidth = CalciumSweep.Solver.Lanes.LaneWidth;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// One node, the composition root: a member of a cluster, often the only one, with what its roles want: sharded campaigns
/// and their journal, a worker, a result store. The same code runs on a laptop and as one of many.
/// </summary>
public sealed partial class NodeHost : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Both halves of a cluster ask within seconds of each other; the loser must still find the winner's claim.</summary>
    private static readonly TimeSpan _claimTime = TimeSpan.FromSeconds(60);
    private readonly NodeSettings _settings;
    private readonly NodeParts _parts;
    private readonly Logger _log;
    private readonly ClusterMember _member;
    private readonly NodeTelemetry _telemetry;
    private readonly ConcurrentDictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CampaignId, bool> _submitted = new();
    private int _isDisposed;

    private NodeHost(NodeSettings settings, NodeParts parts, Logger log)
    {
        (_settings, _parts, _log) = (settings, parts, log);
        bool isCoordinator = settings.Roles.HasFlag(NodeRoles.Coordinator);
        (Config journal, Setup? setup) = !isCoordinator ? (Config.Empty, null)
            : parts.Journal is { } given ? (given.Hocon, given.Setup) : JournalDatabase.For(parts.JournalFile);
        Worker = settings.Roles.HasFlag(NodeRoles.Worker)
            ? new WorkerNode(parts.Store, new WorkerSettings(
                settings.Workers, settings.Width > 0 ? settings.Width : LaneWidth.Best)
            {
                Guard = GuardCommand.Guard(),
                SpillFolder = parts.SpillFolder,
                BegunFile = parts.BegunFile,
                Log = said => Write(log, said),
            }) : null;
        CampaignRules rules = CampaignRules.Default with
        {
            ShuffleSeed = settings.ShuffleSeed,
            ResumesItself = settings.IsServer,
        };
        _member = ClusterMember.Start(
            NodeConfig.Membership(settings),
            new MemberParts(parts.Store, rules, NodeConfig.For(journal), Parse)
            {
                Journal = setup,
                Worker = Worker,
                Claim = parts.Claim,
                Board = Board,
                Log = said => log.Warning("{What}", said),
            });
        _telemetry = new NodeTelemetry(this);
    }

    /// <summary>How far the campaigns are that this node owns.</summary>
    internal CampaignBoard Board { get; } = new();

    /// <summary>Where results are.</summary>
    public IResultStore Store => _parts.Store;

    /// <summary>The worker of this node, with its counters; null if it has not that role.</summary>
    public WorkerNode? Worker { get; }

    /// <summary>Starts a node on a data folder, which it holds until it is disposed.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used; one sentence with the remedy.</exception>
    /// <exception cref="StoreUnavailableException">A database in it cannot be used.</exception>
    public static Task<NodeHost> StartAsync(NodeSettings settings, CancellationToken cancel) => Task.Run(
        () =>
        {
            // A worker beside a coordinator on one machine shares its folder; the coordinator holds it.
            // With a store that all share every node has a folder of its own, for results that the store does not take.
            StoreAddress address = settings.Store;
            bool isCoordinator = settings.Roles.HasFlag(NodeRoles.Coordinator);
            DataFolder folder = DataFolder.Open(settings.DataFolder, exclusive: isCoordinator || address.IsShared);
            try
            {
                IResultStore store = address.OpenResults(folder);
                var parts = new NodeParts(store, folder.JournalFile, Read, folder)
                {
                    Claim = store is PostgresResults shared ? owner => shared.TryClaim("majority", owner, _claimTime) : null,
                    Journal = isCoordinator ? address.OpenJournal(folder) : null,
                    SpillFolder = address.IsShared ? folder.SpillFolder : null,
                    BegunFile = isCoordinator && settings.Roles.HasFlag(NodeRoles.Worker) ? folder.BegunFile : null,
                };
                return Start(settings, parts);
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        },
        cancel);

    /// <summary>
    /// Submits a campaign, or goes on with it: the same identity is the same campaign, cut into grains as it was first.
    /// </summary>
    /// <param name="plan">What is asked for.</param>
    /// <param name="layout">How it is cut, unless it is known.</param>
    /// <param name="cancel">Gives up waiting for the answer.</param>
    /// <param name="priority">−10 … 10: its share of the workers is in proportion to 2^priority; null leaves it, or is 0.</param>
    public async Task<CampaignView> SubmitAsync(Plan plan, GrainLayout layout, CancellationToken cancel, int? priority = null)
    {
        CampaignRecord? known = Store.FindByIdentity(plan.Identity);
        string text = known?.SpecText ?? plan.Text;
        _plans[text] = plan;
        var spec = new SubmittedSpec(
            plan.Identity, text, known?.Layout ?? layout, plan.Spec.Limits, plan.Spec.Observe, plan.Spec.Keep);
        CampaignId id = known?.Id ?? plan.Id;
        using Activity? trace = Signals.Source.StartActivity("campaign.submit");
        trace?.SetTag(Signals.Campaign, id.Value).SetTag(Signals.Grains, spec.Layout.Grains);
        var submit = new SubmitCampaign(id, spec) { Priority = priority ?? 0, Trace = trace?.Id };
        CampaignView view = await AskAsync(submit, cancel).ConfigureAwait(false);
        return known is null || priority is null ? view
            : await AskAsync(new ChangePriority(id, priority.Value), cancel).ConfigureAwait(false);
    }

    /// <summary>Where a campaign stands.</summary>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> StatusAsync(CampaignId id, CancellationToken cancel) =>
        AskAsync(new GetStanding(id), cancel);

    /// <summary>Stops leasing; what is held is finished.</summary>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> PauseAsync(CampaignId id, CancellationToken cancel) =>
        AskAsync(new PauseCampaign(id), cancel);

    /// <summary>Goes on with a campaign that was paused, cancelled or interrupted.</summary>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> ResumeAsync(CampaignId id, CancellationToken cancel) =>
        AskAsync(new ResumeCampaign(id), cancel);

    /// <summary>Gives a campaign up; what is stored stays.</summary>
    /// <exception cref="UnknownCampaignException">Nobody submitted it.</exception>
    public Task<CampaignView> CancelAsync(CampaignId id, CancellationToken cancel) =>
        AskAsync(new CancelCampaign(id), cancel);

    /// <summary>Stops the solver threads (what is in their lanes is dropped, what is finished is stored) and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        if (Worker is not null)
        {
            await Task.Run(() => Worker.Stop(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
        }

        if (!HasOtherCoordinators)
        {
            await Task.WhenAll(_submitted.Keys.Select(SaveInterruptedAsync)).ConfigureAwait(false);
        }

        await _member.DisposeAsync().ConfigureAwait(false);
        _telemetry.Dispose();
        Worker?.Dispose();
        Store.Dispose();
        if (_parts.Journal is not null)
        {
            _parts.Journal.Dispose();
        }
        else if (_settings.Roles.HasFlag(NodeRoles.Coordinator))
        {
            JournalDatabase.Release(_parts.JournalFile);
        }

        _parts.Folder?.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Starts a node around given parts.</summary>
    internal static NodeHost Start(NodeSettings settings, NodeParts parts)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(parts.JournalFile))!;
        Logger log = NodeLog.Open(folder, settings.LogLevel, settings.IsJsonLog);
        try
        {
            return new NodeHost(settings, parts, log);
        }
        catch
        {
            log.Dispose();
            parts.Store.Dispose();
            throw;
        }
    }

    private void Write(Logger log, WorkerNote note)
    {
        LogEventLevel level = note.Matters switch
        {
            WorkerNote.Weight.Detail => LogEventLevel.Debug,
            WorkerNote.Weight.Change => LogEventLevel.Information,
            _ => LogEventLevel.Warning,
        };
        if (log.IsEnabled(level))
        {
            log.ForContext("Campaign", note.Campaign?.Value).ForContext("Grains", note.Grains).ForContext(nameof(Worker), Worker?.Worker.Value)
                .Write(level, "{What:l}", note.Text);
        }
    }

    private static Plan Read(string text) => SpecReader.Parse(text, "the stored spec").Plan;

    private Plan Parse(string text) => _plans.TryGetValue(text, out Plan? plan) ? plan : _parts.Parse(text);

    private async Task<CampaignView> AskAsync(ICampaignMessage question, CancellationToken cancel)
    {
        CampaignStanding standing = await StandingAsync(question, cancel).ConfigureAwait(false);
        if (standing.Layout is not { } layout)
        {
            throw new UnknownCampaignException(question.Id);
        }

        if (question is SubmitCampaign or ResumeCampaign)
        {
            _submitted[standing.Id] = true;
        }

        CampaignTotals totals = Store.Totals(standing.Id);
        // Of a server nobody asks what it did since it was last started, and of others' work only the sums are known.
        long simulated = _settings.IsServer ? totals.Simulations
            : Math.Min(Worker?.Simulated(standing.Id) ?? 0, totals.Simulations);
        double session = (_settings.IsServer ? standing.WallTime : standing.SessionTime).TotalSeconds;
        bool isDormant = !_settings.IsServer && standing.Status == CampaignStatus.Running && !_submitted.ContainsKey(standing.Id);
        return new CampaignView(
            standing.Id, isDormant ? CampaignStatus.Interrupted : standing.Status, layout.Points, layout.Simulations,
            totals.Simulations, simulated, totals.Simulations - simulated, standing.Quarantined, totals.Tally,
            totals.Digest, standing.WallTime.TotalSeconds, session > 0 ? simulated / session : 0, totals.CoreSeconds,
            standing.Problem ?? Worker?.Problem(standing.Id))
        {
            Priority = standing.Priority,
        };
    }

    private async Task<CampaignStanding> StandingAsync(ICampaignMessage question, CancellationToken cancel)
    {
        try
        {
            return await _member.Campaigns.Ask<CampaignStanding>(question, _patience, cancel).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            throw new NodeSilentException(Path.GetDirectoryName(_parts.JournalFile)!, e);
        }
    }

    /// <summary>For those who list campaigns while no node runs.</summary>
    private async Task SaveInterruptedAsync(CampaignId id)
    {
        try
        {
            CampaignStanding standing = await _member.Campaigns
                .Ask<CampaignStanding>(new GetStanding(id), TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            if (standing.Status == CampaignStatus.Running && Store.FindCampaign(id.Value) is { } record)
            {
                Store.SaveCampaign(record with
                {
                    State = CampaignStatus.Interrupted,
                    WallSeconds = standing.WallTime.TotalSeconds,
                });
            }
        }
        catch (Exception e) when (e is AskTimeoutException or StoreUnavailableException)
        {
            _log.Warning(e, "{Campaign} stays listed as running", id);
        }
    }
}
