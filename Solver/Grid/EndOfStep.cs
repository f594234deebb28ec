using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Keeps the rate at the new state (the first of the next step) and compares: the local error of RKC2 is
/// 0.8 (start − last) + 0.4 h (first + rate), Sommeijer, Shampine and Verwer 1998, J Comput Appl Math 88:315.
/// </summary>
internal readonly unsafe struct EndOfStep<V> : ICombine<EndOfStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly double* _out, _start, _last, _rate, _inside;

    private EndOfStep(PlaneRow* row)
    {
        _out = row->Out;
        _start = row->Start;
        _last = row->Last;
        _rate = row->Rate;
        _inside = row->Inside;
    }

    /// <inheritdoc/>
    public static EndOfStep<V> Load(PlaneRow* row) => new(row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(Combination<V>* k, int i, V rate)
    {
        V last = *(V*)(_last + i);
        V error = (k->OfStart * (*(V*)(_start + i) - last)) + (k->OfRate * (*(V*)(_rate + i) + rate));
        V inside = *(V*)(_inside + i), relative = inside * (V.Abs(error) / (k->Absolute + (k->Relative * V.Abs(last))));
        *(V*)(_out + i) = rate;
        k->Error = V.Less(relative, V.All(1e300), Max(relative, k->Error), V.All(double.PositiveInfinity)); // NaN too
        k->Lowest = V.Less(V.All(0.5), inside, Min(last, k->Lowest), k->Lowest);
    }
}
