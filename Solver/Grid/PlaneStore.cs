using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// How large planes are read and written. What is written once and not read again soon goes past the caches: a line that
/// is only written is otherwise read first. What will be read soon is asked for: a row is too short for the hardware's own
/// prefetching to get going.
/// </summary>
internal static unsafe class PlaneStore
{
    /// <summary>Planes from this size on do not stay in the caches, bytes of all states together.</summary>
    public const long Large = 6L << 20;

    /// <summary>Writes a vector, past the caches if <paramref name="isStreamed"/>; addresses are whole vectors from a cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<V>(double* at, V value, bool isStreamed)
        where V : unmanaged, ILanes<V>
    {
        if (isStreamed && typeof(V) == typeof(Lane8) && Avx512F.IsSupported)
        {
            Vector512.StoreAlignedNonTemporal(Unsafe.BitCast<V, Vector512<double>>(value), at);
            return;
        }

        if (isStreamed && typeof(V) == typeof(Lane4) && Avx.IsSupported)
        {
            Vector256.StoreAlignedNonTemporal(Unsafe.BitCast<V, Vector256<double>>(value), at);
            return;
        }

        *(V*)at = value;
    }

    /// <summary>Asks for the line of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(double* at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }
}
