using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CalciumSweep.Shared;

/// <summary>Where this program's measurements and traces come from: what listens asks for them by this name.</summary>
public static class Signals
{
    /// <summary>Name of meter and source.</summary>
    public const string Name = "CalciumSweep";

    /// <summary>What is counted and timed, whoever reads it.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Traces of a campaign: <c>campaign.submit</c>, <c>grains.lease</c>, <c>grains.store</c>. Makes none unless somebody listens.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>The campaign's id in a trace.</summary>
    public const string Campaign = "calciumsweep.campaign";

    /// <summary>Number of grains that a part of a trace is about.</summary>
    public const string Grains = "calciumsweep.grains";

    /// <summary>The worker's id in a trace.</summary>
    public const string Worker = "calciumsweep.worker";
}
