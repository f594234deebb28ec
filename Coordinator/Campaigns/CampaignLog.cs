using System.Globalization;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using Serilog;
using Serilog.Events;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What happens to campaigns, for the node's log; the ids are properties: <c>Campaign</c>, <c>Grains</c>, <c>Simulation</c>, <c>Worker</c>.</summary>
internal static class CampaignLog
{
    // A line of a log is to be read.
    private const int MostRanges = 20, MostSimulations = 20;

    private static ILogger Log => Serilog.Log.ForContext(SerilogLogger.Source, "campaign");

    /// <summary>An event was persisted.</summary>
    public static void Write(ICampaignEvent change)
    {
        string id = change.Id.Value;
        switch (change)
        {
            case CampaignSubmitted { Spec.Layout: var layout }:
                Log.Information("{Campaign:l} submitted: {Simulations} simulations in {GrainCount} grains", id, layout.Simulations, layout.Grains);
                break;
            case GrainsCompleted done when Serilog.Log.IsEnabled(LogEventLevel.Debug):
                Log.Debug("{Campaign:l} has completed grains {Grains:l}", id, Ranges(done.Grains));
                break;
            case GrainsSuspected lost:
                Log.Warning("{Campaign:l} lost a worker: grains {Grains:l} are leased again", id, Ranges(lost.Grains));
                break;
            case QuarantineRetried retried:
                Log.Information("{Campaign:l} computes grains {Grains:l} again", id, Ranges(retried.Grains));
                break;
            case SimulationsQuarantined given:
                foreach (var one in given.Simulations.Take(MostSimulations))
                {
                    Log.Warning("{Campaign:l} gives simulation {Simulation} up: {Reason:l}", id, one.Simulation, one.Reason);
                }

                break;
            case PriorityChanged changed:
                Log.Information("{Campaign:l} has priority {Priority}", id, changed.Priority);
                break;
            case CampaignPaused or CampaignResumed or CampaignCancelled or CampaignFinished or CampaignDeleted:
                Log.Information("{Campaign:l} {Change:l}", id, change.GetType().Name["Campaign".Length..].ToLowerInvariant());
                break;
        }
    }

    /// <summary>Grains were leased.</summary>
    public static void Write(GrainsLeased leased, WorkerId worker) =>
        Log.Debug("{Campaign:l} leases grains {Grains:l} to {Worker:l}", leased.Id.Value, Ranges(leased.Granted), worker.Value);

    /// <summary>Something is wrong.</summary>
    public static void Warn(CampaignId id, string what, Exception? cause) => Log.ForContext("Campaign", id.Value).Warning(cause, "{Text:l}", what);

    private static string Ranges(GrainSet grains) => string.Join(' ', grains.Ranges.Take(MostRanges).Select(range => range.End - range.First == 1
        ? range.First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.End - 1}")))
        + (grains.Ranges.Count > MostRanges ? " …" : "");
}
