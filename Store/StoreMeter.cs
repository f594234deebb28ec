using System.Diagnostics.Metrics;
using CalciumSweep.Shared;

namespace CalciumSweep.Store;

/// <summary>What is measured where results and journal are written; docs/metrics.md has the names as they are exported.</summary>
public static class StoreMeter
{
    private static readonly InstrumentAdvice<double> _seconds = new() { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] };
    private static long _resultErrors, _campaignErrors;

    /// <summary>Seconds of a transaction into the result store.</summary>
    public static Histogram<double> Flush { get; } = Signals.Meter.CreateHistogram(
        "calciumsweep.store.flush", "s", "Duration of a transaction into the result store", advice: _seconds);

    /// <summary>Seconds from events of a campaign until the journal has them.</summary>
    public static Histogram<double> JournalFlush { get; } = Signals.Meter.CreateHistogram(
        "calciumsweep.journal.flush", "s", "Duration from events of a campaign until the journal has them", advice: _seconds);

    /// <summary>Transactions with results that failed, since the process began.</summary>
    public static long ResultErrors => Interlocked.Read(ref _resultErrors);

    /// <summary>Uses of the store for a campaign's state that failed, since the process began.</summary>
    public static long CampaignErrors => Interlocked.Read(ref _campaignErrors);

    /// <summary>A transaction with results failed.</summary>
    public static void ResultsFailed() => Interlocked.Increment(ref _resultErrors);

    /// <summary>A use of the store for a campaign's state failed.</summary>
    public static void CampaignFailed() => Interlocked.Increment(ref _campaignErrors);
}
