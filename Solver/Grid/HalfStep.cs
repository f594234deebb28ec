using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>First stage of the explicit midpoint rule (or an Euler step): start + OfRate·rate.</summary>
internal readonly unsafe struct HalfStep<V> : ICombine<HalfStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _ofRate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HalfStep(Combination<V>* k)
    {
        _ofRate = k->OfRate;
    }

    /// <inheritdoc/>
    public static int Number => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfStep<V> Load(Combination<V>* k) => new(k);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate) =>
        PlaneStore.Put(row->Out + i, V.Fma(_ofRate, rate, last), row->IsStreamed);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(PlaneRow* row, Combination<V>* k, int i)
    {
    }
}
