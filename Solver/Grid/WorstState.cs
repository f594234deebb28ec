using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Largest error over tolerance of several states of a vector of cells, with one division for all of them: e/w is kept as
/// numerator and denominator, and two are compared by cross products. Cell by cell, so that it is the same at every width.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct WorstState<V>
    where V : unmanaged, ILanes<V>
{
    private V _error, _tolerance, _lowest;

    /// <summary>No state yet.</summary>
    public static WorstState<V> None
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            WorstState<V> none;
            (none._error, none._tolerance, none._lowest) = (V.All(0), V.All(1), V.All(double.MaxValue));
            return none;
        }
    }

    /// <summary>Adds a state.</summary>
    /// <param name="error">Its error, positive; not finite if the step failed.</param>
    /// <param name="tolerance">Its tolerance.</param>
    /// <param name="value">Its value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V error, V tolerance, V value)
    {
        V old = _error * tolerance, next = error * _tolerance;

        // What is not finite in the old one stays: 0·∞ and 0·NaN are NaN.
        _error = V.Fma(V.All(0), old, V.Less(next, old, old, next));
        _tolerance = _tolerance * tolerance;
        _lowest = Min(value, _lowest);
    }

    /// <summary>Hands the worst over to what is found of all cells, and begins anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(Combination<V>* k, V inside)
    {
        V relative = inside * (_error / _tolerance);
        k->Error = V.Less(relative, V.All(1e300), Max(relative, k->Error), V.All(double.PositiveInfinity)); // NaN too
        k->Lowest = V.Less(V.All(0.5), inside, Min(_lowest, k->Lowest), k->Lowest);
        this = None;
    }
}
