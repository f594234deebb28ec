using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Writes the rate.</summary>
internal readonly unsafe struct KeepRate<V> : ICombine<KeepRate<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly double* _out;

    private KeepRate(double* to) => _out = to;

    /// <inheritdoc/>
    public static KeepRate<V> Load(PlaneRow* row) => new(row->Out);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(Combination<V>* k, int i, V rate) => *(V*)(_out + i) = rate;
}
