using System.Runtime.Intrinsics;

namespace CalciumSweep.Worker;

/// <summary>How many lanes this machine advances together.</summary>
public static class LaneWidth
{
    /// <summary>Doubles in its widest register: 8 (AVX-512), 4 (AVX2), 2, or 1.</summary>
    public static int Best => Vector512.IsHardwareAccelerated ? 8
        : Vector256.IsHardwareAccelerated ? 4
        : Vector128.IsHardwareAccelerated ? 2 : 1;
}
