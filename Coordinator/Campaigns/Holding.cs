using System.Collections.Immutable;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What one worker holds, as far as the coordinator knows.</summary>
/// <param name="Held">What it stated, and what it was granted in answer.</param>
/// <param name="Statement">Number of its latest statement.</param>
/// <param name="Until">When it is given up unless it speaks again.</param>
public sealed record Holding(GrainSet Held, long Statement, DateTimeOffset Until)
{
    // A worker whose store is away holds many thousands that are done: none of them is a straggler.
    private const int MostBegun = 1024;

    /// <summary>Those of <see cref="Held"/> that it has not begun.</summary>
    public GrainSet Queued { get; init; } = GrainSet.Empty;

    /// <summary>True if it ended in good order: what it held is not to blame.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>Its solver threads; 0 once it leaves.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Solver threads for which it held nothing to do.</summary>
    public int Idle { get; init; }

    /// <summary>Core seconds of a grain there; 0 if not known.</summary>
    public double GrainSeconds { get; init; }

    /// <summary>What it was asked to hand back.</summary>
    public GrainSet Recalled { get; init; } = GrainSet.Empty;

    /// <summary>Since when it has not answered that.</summary>
    public DateTimeOffset RecalledAt { get; init; }

    /// <summary>True if it got less than it wanted.</summary>
    public bool IsHungry { get; init; }

    /// <summary>Grains that it has begun, with the time they were first stated so.</summary>
    public ImmutableDictionary<long, DateTimeOffset> Begun { get; init; } = ImmutableDictionary<long, DateTimeOffset>.Empty;

    /// <summary>What a statement says.</summary>
    /// <param name="stated">The statement.</param>
    /// <param name="known">What was known of the worker before; null if nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When it is given up.</param>
    public static Holding Of(StateHolding stated, Holding? known, DateTimeOffset now, DateTimeOffset until)
    {
        GrainSet begun = stated.Held.Except(stated.Queued);
        return new(stated.Held, stated.Statement, until)
        {
            Queued = stated.Queued,
            Slots = stated.IsLeaving ? 0 : Math.Max(1, stated.Slots),
            IsLeaving = stated.IsLeaving,
            Idle = stated.Idle,
            GrainSeconds = stated.GrainSeconds,
            Begun = begun.Count > MostBegun ? ImmutableDictionary<long, DateTimeOffset>.Empty
                : begun.Grains.ToImmutableDictionary(
                    grain => grain, grain => known is not null && known.Begun.TryGetValue(grain, out var since) ? since : now),
        };
    }
}
