using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>First stage of the explicit midpoint rule (or an Euler step): start + OfRate·rate.</summary>
internal readonly unsafe struct HalfStep<V> : ICombine<HalfStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly double* _out, _start;

    private HalfStep(PlaneRow* row)
    {
        _out = row->Out;
        _start = row->Start;
    }

    /// <inheritdoc/>
    public static HalfStep<V> Load(PlaneRow* row) => new(row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(Combination<V>* k, int i, V rate) => *(V*)(_out + i) = V.Fma(k->OfRate, rate, *(V*)(_start + i));
}
