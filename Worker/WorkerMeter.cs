using System.Diagnostics.Metrics;

namespace CalciumSweep.Worker;

/// <summary>What is counted where results are written; the names are those of <c>/metrics</c>.</summary>
internal static class WorkerMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CalciumSweep";

    private static readonly Meter _meter = new(Name);

    /// <summary>Seconds of a transaction into the result store.</summary>
    public static Histogram<double> Flush { get; } = _meter.CreateHistogram(
        "calciumsweep.store.flush", "s", "Duration of a transaction into the result store",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] });

    /// <summary>Transactions that failed.</summary>
    public static Counter<long> Errors { get; } = _meter.CreateCounter<long>(
        "calciumsweep.store.errors", description: "Transactions into the result store that failed");
}
