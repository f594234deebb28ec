namespace CalciumSweep.Solver.Engine;

/// <summary>
/// The verdict on one simulation. A scenario names the ones that apply; <see cref="None"/> is the answer of a
/// scenario that has no classes. The numbers are part of the stored format.
/// </summary>
public enum Outcome
{
    /// <summary>The scenario has no classes (shown as null).</summary>
    None = 0,

    /// <summary>Nothing but the stimulus.</summary>
    Quiescent = 1,

    /// <summary>At least one site fired, no chain of three.</summary>
    Sparks = 2,

    /// <summary>At least three consecutive sites fired, then activity ended.</summary>
    Abortive = 3,

    /// <summary>A front that reached the far end.</summary>
    Wave = 4,

    /// <summary>At least three waves or whole-cell peaks at regular intervals.</summary>
    Repetitive = 5,

    /// <summary>A sustained elevation.</summary>
    Plateau = 6,

    /// <summary>Still going on at the end of the time allowed; never counted as "no wave" silently.</summary>
    Undecided = 7,

    /// <summary>A numerical failure, with a reason.</summary>
    Failed = 8,
}
