using System.Diagnostics;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// One campaign on this worker, for solver threads and the result writer: its plan, and what is held of it. Lives as long
/// as the process, whatever becomes of its actor system. Thread-safe.
/// </summary>
public sealed class CampaignWork
{
    /// <summary>Longest reason that is reported; the store has all of it.</summary>
    private const int MostReason = 300;

    private readonly WorkerNode _node;
    private readonly Dictionary<long, int> _shapes = [];
    private readonly TagList _labels;

    internal CampaignWork(CampaignSpec spec, Plan plan, HeldGrains held, WorkerNode node)
    {
        (Id, Spec, Plan) = (spec.Id, spec.Spec, plan);
        Record = spec.Spec.Record(spec.Id, CampaignStatus.Running, [], TimeSpan.Zero, spec.Submitted);
        (Held, _node) = (held, node);
        _labels = WorkerMeter.Labels(plan.Model);
    }

    /// <summary>Campaign id.</summary>
    public CampaignId Id { get; }

    /// <summary>The spec as submitted.</summary>
    public SubmittedSpec Spec { get; }

    /// <summary>The spec laid out.</summary>
    public Plan Plan { get; }

    /// <summary>For the store's writes.</summary>
    public CampaignRecord Record { get; }

    /// <summary>For the write of these grains.</summary>
    /// <param name="grains">Begun after the same removals.</param>
    internal CampaignRecord RecordOf(IReadOnlyList<GrainResult> grains) => Record with { Removals = grains[0].Removals };

    /// <summary>Its share of the solver threads is in proportion to 2^priority.</summary>
    public int Priority => Held.Priority;

    /// <summary>Who computes it.</summary>
    public WorkerId Worker => _node.Worker;

    /// <summary>Of its model, for what is counted.</summary>
    internal ref readonly TagList Labels => ref _labels;

    /// <summary>Where in traces its grains were leased.</summary>
    internal LeaseTraces Leases { get; } = new();

    /// <summary>True once nothing of it is to be computed any more.</summary>
    public bool IsClosed => Held.IsClosed;

    /// <summary>What is held of it: only inside the node's lock.</summary>
    internal HeldGrains Held { get; }

    /// <summary>The store has these grains: from now on they are reported until they are acknowledged.</summary>
    public void Stored(IEnumerable<GrainResult> grains) => _node.Stored(this, [.. grains.Select(grain => (Summarise(Spec.Layout, grain), grain.CoreSeconds))]);

    /// <summary>What is stored and not acknowledged.</summary>
    internal IReadOnlyList<GrainCompletion> Unacknowledged() => _node.Unacknowledged(this);

    /// <summary>A queued grain, now begun; null if there is none, or if it is another campaign's turn.</summary>
    /// <param name="shape">Shape of its first simulation; null: any.</param>
    /// <param name="guarded">A grain that workers died with, or one of the others.</param>
    /// <param name="thread">The thread that begins it.</param>
    internal OpenGrain? TryTake(int? shape, bool guarded, SolverThread thread) =>
        _node.TryTake(this, shape is null ? null : grain => ShapeOf(grain) == shape, guarded, thread) is { } taken
            ? new OpenGrain(Plan, Spec.Layout, taken.Grain) { ChargedSeconds = taken.ChargedSeconds, Removals = taken.Removals } : null;

    internal void Finish(GrainResult result, double chargedSeconds, SolverThread thread) =>
        _node.Finish(this, result, chargedSeconds, thread);

    private int ShapeOf(long grain)
    {
        if (!_shapes.TryGetValue(grain, out int shape))
        {
            long first = Spec.Layout.Range(grain).First;
            shape = Plan.Model.Shape(Plan.Parameters(first / Plan.Spec.Replicates));
            if (_shapes.Count > 2 * Held.Queued)
            {
                _shapes.Clear();
            }

            _shapes[grain] = shape;
        }

        return shape;
    }

    /// <summary>What is reported of a grain: its tally, and what was given up in it.</summary>
    internal static GrainCompletion Summarise(GrainLayout layout, GrainResult grain)
    {
        var counts = new long[Tally.Empty.Counts.Count];
        List<QuarantinedSimulation> quarantined = [];
        long first = layout.Range(grain.Grain).First;
        for (int i = 0; i < grain.Outcomes.Count; i++)
        {
            if (grain.Outcomes[i] is { } outcome)
            {
                counts[(int)outcome]++;
            }
            else
            {
                string reason = grain.Reasons[i];
                quarantined.Add(new(first + i, reason.Length > MostReason ? reason[..MostReason] : reason));
            }
        }

        return new(grain.Grain, new Tally(counts), quarantined);
    }
}
