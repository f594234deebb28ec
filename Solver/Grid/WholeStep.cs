using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Second stage of the explicit midpoint rule: start + h·rate at the middle. The difference to an Euler step, which is
/// start + 2 (last − start), is the error estimate (of first order: cautious).
/// </summary>
internal readonly unsafe struct WholeStep<V> : ICombine<WholeStep<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly double* _out, _start, _last, _inside;

    private WholeStep(PlaneRow* row)
    {
        _out = row->Out;
        _start = row->Start;
        _last = row->Last;
        _inside = row->Inside;
    }

    /// <inheritdoc/>
    public static WholeStep<V> Load(PlaneRow* row) => new(row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Use(Combination<V>* k, int i, V rate)
    {
        V start = *(V*)(_start + i), step = k->OfRate * rate, next = start + step;
        V error = V.Abs(step - (2 * (*(V*)(_last + i) - start)));
        V inside = *(V*)(_inside + i), relative = inside * (error / (k->Absolute + (k->Relative * V.Abs(next))));
        *(V*)(_out + i) = next;
        k->Error = V.Less(relative, V.All(1e300), Max(relative, k->Error), V.All(double.PositiveInfinity)); // NaN too
        k->Lowest = V.Less(V.All(0.5), inside, Min(next, k->Lowest), k->Lowest);
    }
}
