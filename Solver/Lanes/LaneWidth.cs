using System.Runtime.Intrinsics;

namespace CalciumSweep.Solver.Lanes;

/// <summary>Which width to run at.</summary>
public static class LaneWidth
{
    /// <summary>8 with AVX-512, 4 with AVX2, else 2. Eight lanes without hardware support are nine times slower.</summary>
    public static int Best { get; } =
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;

    /// <summary>The widths there are.</summary>
    public static IReadOnlyList<int> All { get; } = [1, 2, 4, 8];

    /// <summary>Lane type of a width.</summary>
    /// <exception cref="ArgumentException">The width is not 1, 2, 4 or 8.</exception>
    public static Type TypeOf(int width) => width switch
    {
        1 => typeof(Lane1),
        2 => typeof(Lane2),
        4 => typeof(Lane4),
        8 => typeof(Lane8),
        _ => throw new ArgumentException($"a lane width is 1, 2, 4 or 8, not {width}", nameof(width)),
    };
}
