using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Keeps the rate at the new state (the first of the next step) and compares: the local error of RKC2 is
/// 0.8 (start − last) + 0.4 h (first + rate), Sommeijer, Shampine and Verwer 1998, J Comput Appl Math 88:315.
/// </summary>
internal unsafe struct EndOfStep<V> : ICombine<EndOfStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _ofStart, _ofRate, _relative;
    private WorstState<V> _worst;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private EndOfStep(Combination<V>* k)
    {
        _ofStart = k->OfStart;
        _ofRate = k->OfRate;
        _relative = k->Relative;
        _worst = WorstState<V>.None;
    }

    /// <inheritdoc/>
    public static int Number => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EndOfStep<V> Load(Combination<V>* k) => new(k);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate)
    {
        V error = (_ofStart * (*(V*)(row->Start + i) - last)) + (_ofRate * (*(V*)(row->Rate + i) + rate));
        PlaneStore.Put(row->Out + i, rate, row->IsStreamed);
        _worst.Add(V.Abs(error), V.All(row->Absolute) + (_relative * V.Abs(last)), last);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(PlaneRow* row, Combination<V>* k, int i) => _worst.Close(k, *(V*)(row->Inside + i));
}
