using System.Diagnostics;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Computes stored simulations anew, one at a time: trajectories are not stored, and the same spec gives the same bits.
/// Waiting for the turn and the computation itself end with the request.
/// </summary>
/// <param name="desk">Where the campaigns are.</param>
internal sealed class Recomputation(CampaignDesk desk) : IDisposable
{
    private const int MostRows = 600, MostPlaces = 400;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>One simulation of a point.</summary>
    /// <exception cref="CommandException">There is no such point or replicate.</exception>
    public async Task<TraceAnswer> RunAsync(string campaign, long point, int replicate, CancellationToken cancel)
    {
        CampaignRecord record = desk.Archive.Get(campaign);
        Plan plan = desk.PlanOf(record);
        if (point < 0 || point >= plan.Points)
        {
            throw new CommandException($"{record.Id} has no point {point}", $"its points are 0 to {plan.Points - 1}", ExitCode.NotFound);
        }

        if (replicate < 0 || replicate >= plan.Spec.Replicates)
        {
            throw new CommandException(
                $"a point of {record.Id} has no replicate {replicate}", $"its replicates are 0 to {plan.Spec.Replicates - 1}", ExitCode.NotFound);
        }

        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                () => Run(record, plan, point, replicate, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private TraceAnswer Run(CampaignRecord record, Plan plan, long point, int replicate, CancellationToken cancel)
    {
        double[] values = plan.Parameters(point);
        var trajectory = new Trajectory();
        var simulation = new Simulation(values, plan.Model.StreamKey(values, plan.Spec.Seed), (uint)replicate) { Trace = trajectory };
        var queue = new SimulationQueue(plan.Model, [simulation], cancel);
        long start = Stopwatch.GetTimestamp();
        using (ISimulator simulator = plan.Model.NewSimulator(1))
        {
            simulator.Run(queue);
        }

        cancel.ThrowIfCancellationRequested();
        SimulationResult result = queue.Results[0]!.Value;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int[] rows = Thinned(trajectory.Rows.Count, MostRows), columns = Columns(trajectory);
        return new(
            record.Id.Value, point, replicate, result.Outcome == Outcome.None ? null : CampaignDocument.Name(result.Outcome), result.Reason,
            plan.Model.Observables.Select((o, i) => (o.Name, Value: Known(result.Observables[i]))).ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal),
            result.Steps, seconds, IsSame(record, plan, point, replicate, result),
            [.. columns.Select(c => trajectory.Columns[c]).Select(c => new TraceColumnAnswer(c.Name, c.Unit, c.Position))],
            [.. rows.Select(r => trajectory.Rows[r].Time)], [.. rows.Select(r => columns.Select(c => Known(trajectory.Rows[r].Values[c])).ToArray())]);
    }

    private bool? IsSame(CampaignRecord record, Plan plan, long point, int replicate, in SimulationResult again)
    {
        long simulation = (point * record.Layout.Replicates) + replicate;
        foreach (GrainResult grain in desk.Archive.GrainsOf(record, plan, point))
        {
            (long first, int count) = record.Layout.Range(grain.Grain);
            int at = (int)(simulation - first);
            if (at < 0 || at >= count || grain.Outcomes[at] is not Outcome stored)
            {
                continue;
            }

            bool isSame = stored == again.Outcome;
            int kept = grain.Observables.Length == 0 ? 0 : plan.ObserveIndex.Count;
            for (int k = 0; k < kept; k++)
            {
                isSame &= Bits(grain.Observables[(at * kept) + k]) == Bits(again.Observables[plan.ObserveIndex[k]]);
            }

            return isSame;
        }

        return null;
    }

    // Whatever is no number is "not applicable".
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsFinite(value) ? value : double.NaN);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static int[] Thinned(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)))];

    // Of a long cable every nth place is enough for a screen.
    private static int[] Columns(Trajectory trajectory)
    {
        IEnumerable<int> all = Enumerable.Range(0, trajectory.Columns.Count);
        return
        [
            .. all.GroupBy(i => trajectory.Columns[i].Position is null ? "" : trajectory.Columns[i].Name, StringComparer.Ordinal)
                .SelectMany(group => group.Key.Length == 0 ? group : Thinned(group.Count(), MostPlaces).Select(group.ElementAt)),
        ];
    }
}
