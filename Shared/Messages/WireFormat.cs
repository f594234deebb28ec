using System.Runtime.Serialization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Google.Protobuf.Collections;

namespace CalciumSweep.Shared.Messages;

/// <summary>The parts that several messages share, to and from protobuf. Reading checks what it reads.</summary>
internal static class WireFormat
{
    public static Wire.Grains Write(GrainSet set)
    {
        var wire = new Wire.Grains();
        long end = 0;
        foreach (GrainRange range in set.Ranges)
        {
            wire.GapsAndLengths.Add((ulong)(range.First - end));
            wire.GapsAndLengths.Add((ulong)(range.End - range.First));
            end = range.End;
        }

        return wire;
    }

    public static GrainSet Read(Wire.Grains? wire)
    {
        if (wire is null)
        {
            return GrainSet.Empty;
        }

        if (wire.GapsAndLengths.Count % 2 != 0)
        {
            throw new SerializationException("A set of grains ends in the middle of a range");
        }

        var ranges = new GrainRange[wire.GapsAndLengths.Count / 2];
        ulong end = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            ulong gap = wire.GapsAndLengths[2 * i], length = wire.GapsAndLengths[(2 * i) + 1];
            if (length == 0 || gap > long.MaxValue - end || length > long.MaxValue - end - gap)
            {
                throw new SerializationException($"Range {i} of a set of grains is empty or too large");
            }

            ranges[i] = new GrainRange((long)(end + gap), (long)(end + gap + length));
            end += gap + length;
        }

        return GrainSet.FromRanges(ranges);
    }

    public static Wire.Layout Write(GrainLayout layout) => new()
    {
        Points = layout.Points,
        Replicates = layout.Replicates,
        PointsPerGrain = layout.PointsPerGrain,
        ReplicatesPerGrain = layout.ReplicatesPerGrain,
    };

    public static GrainLayout Read(Wire.Layout? wire) =>
        wire is { Points: > 0, Replicates: > 0, PointsPerGrain: > 0, ReplicatesPerGrain: > 0 }
            ? new(wire.Points, wire.Replicates, wire.PointsPerGrain, wire.ReplicatesPerGrain)
            : throw new SerializationException("A layout of grains has sizes below 1");

    public static Wire.Limits Write(Limits limits) =>
        new() { Attempts = limits.Attempts, WallTicks = limits.WallTime.Ticks };

    public static Limits Read(Wire.Limits? wire) => wire is null
        ? throw new SerializationException("A spec has no limits")
        : new(wire.Attempts, TimeSpan.FromTicks(wire.WallTicks));

    public static Tally Read(RepeatedField<long> counts) => counts.Count <= Tally.Empty.Counts.Count
        ? new Tally(counts)
        : throw new SerializationException($"A tally has {counts.Count} classes");

    public static CampaignStatus Status(int wire) => Enum.IsDefined((CampaignStatus)wire)
        ? (CampaignStatus)wire
        : throw new SerializationException($"{wire} is no state of a campaign");

    public static Wire.Quarantined Write(QuarantinedSimulation given) =>
        new() { Simulation = given.Simulation, Reason = given.Reason };

    public static QuarantinedSimulation[] Read(RepeatedField<Wire.Quarantined> given) =>
        [.. given.Select(one => new QuarantinedSimulation(one.Simulation, one.Reason))];

    public static Wire.Spec Write(CampaignId id, SubmittedSpec spec, DateTimeOffset? at, int priority, long removals = 0) => new()
    {
        Id = id.Value,
        Identity = spec.Identity,
        SpecText = spec.Text,
        Layout = Write(spec.Layout),
        Limits = Write(spec.Limits),
        AtUtcTicks = at?.UtcTicks ?? 0,
        Observe = { spec.Observe },
        Keep = (int)spec.Keep,
        Priority = priority,
        Removals = removals,
    };

    public static CampaignSubmitted Read(Wire.Spec? wire) => wire is null
        ? throw new SerializationException("A snapshot has no spec")
        : new(
            new(wire.Id),
            new(wire.Identity, wire.SpecText, Read(wire.Layout), Read(wire.Limits), [.. wire.Observe], Kept(wire.Keep)),
            new DateTimeOffset(wire.AtUtcTicks, TimeSpan.Zero))
        {
            Priority = wire.Priority,
        };

    private static Keep Kept(int wire) => Enum.IsDefined((Keep)wire)
        ? (Keep)wire : throw new SerializationException($"{wire} is no way to keep results");
}
