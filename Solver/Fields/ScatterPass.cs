using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>Several flows of calcium, or one that is scaled, into one sum with its slope.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class ScatterPass<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Adds a flow (or sets the first).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(V* share, V* j, V* slope, V* sum, V* slopes, int n, bool add)
    {
        V k = *share;
        for (int i = 0; i < n; i++)
        {
            sum[i] = add ? V.Fma(k, j[i], sum[i]) : k * j[i];
            slopes[i] = add ? V.Fma(k, slope[i], slopes[i]) : k * slope[i];
        }
    }
}
