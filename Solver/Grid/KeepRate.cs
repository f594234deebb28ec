using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Writes the rate.</summary>
internal readonly unsafe struct KeepRate<V> : ICombine<KeepRate<V>, V>
    where V : unmanaged, ILanes<V>
{
    /// <inheritdoc/>
    public static int Number => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KeepRate<V> Load(Combination<V>* k) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate) => *(V*)(row->Out + i) = rate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(PlaneRow* row, Combination<V>* k, int i)
    {
    }
}
