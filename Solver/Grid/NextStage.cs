using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>A stage of RKC2: (1 − μ − ν)·start + μ·last + ν·before + μ̃h·rate + γ̃h·first.</summary>
internal readonly unsafe struct NextStage<V> : ICombine<NextStage<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _ofStart, _ofLast, _ofBefore, _ofRate, _ofFirst;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NextStage(Combination<V>* k)
    {
        _ofStart = k->OfStart;
        _ofLast = k->OfLast;
        _ofBefore = k->OfBefore;
        _ofRate = k->OfRate;
        _ofFirst = k->OfFirst;
    }

    /// <inheritdoc/>
    public static int Number => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NextStage<V> Load(Combination<V>* k) => new(k);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate)
    {
        V of = V.Fma(_ofFirst, *(V*)(row->Rate + i), _ofStart * *(V*)(row->Start + i));
        V stages = V.Fma(_ofLast, last, _ofBefore * *(V*)(row->Before + i));
        *(V*)(row->Out + i) = of + V.Fma(_ofRate, rate, stages);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(PlaneRow* row, Combination<V>* k, int i)
    {
    }
}
