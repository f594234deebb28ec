using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>A stage of RKC2: (1 − μ − ν)·start + μ·last + ν·before + μ̃h·rate + γ̃h·first.</summary>
internal readonly unsafe struct NextStage<V> : ICombine<NextStage<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly double* _out, _start, _last, _before, _rate;

    private NextStage(PlaneRow* row)
    {
        _out = row->Out;
        _start = row->Start;
        _last = row->Last;
        _before = row->Before;
        _rate = row->Rate;
    }

    /// <inheritdoc/>
    public static NextStage<V> Load(PlaneRow* row) => new(row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(Combination<V>* k, int i, V rate)
    {
        V of = V.Fma(k->OfFirst, *(V*)(_rate + i), k->OfStart * *(V*)(_start + i));
        V stages = V.Fma(k->OfLast, *(V*)(_last + i), k->OfBefore * *(V*)(_before + i));
        *(V*)(_out + i) = of + V.Fma(k->OfRate, rate, stages);
    }
}
