using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Second stage of the explicit midpoint rule: start + h·rate at the middle. The difference to an Euler step, which is
/// start + 2 (last − start), is the error estimate (of first order: cautious).
/// </summary>
internal unsafe struct WholeStep<V> : ICombine<WholeStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _ofRate, _relative;
    private WorstState<V> _worst;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private WholeStep(Combination<V>* k)
    {
        _ofRate = k->OfRate;
        _relative = k->Relative;
        _worst = WorstState<V>.None;
    }

    /// <inheritdoc/>
    public static int Number => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WholeStep<V> Load(Combination<V>* k) => new(k);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate)
    {
        V start = *(V*)(row->Start + i), step = _ofRate * rate, next = start + step;
        V error = V.Abs(step - (2 * (last - start)));
        PlaneStore.Put(row->Out + i, next, row->IsStreamed);
        _worst.Add(error, V.All(row->Absolute) + (_relative * V.Abs(next)), next);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(PlaneRow* row, Combination<V>* k, int i) => _worst.Close(k, *(V*)(row->Inside + i));
}
