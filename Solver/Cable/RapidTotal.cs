using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>Free calcium in equilibrium with rapid and linear buffers.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class RapidTotal<V>
    where V : unmanaged, ILanes<V>
{
    private const int NewtonSteps = 8;

    /// <summary>
    /// Free calcium of a total by Newton's method: T(c) is concave, so that the first step lands left of the root wherever it
    /// starts, and the others approach it from there.
    /// </summary>
    public static V Free(RapidRates<V>* buffers, int count, V total, V guess)
    {
        V linear = buffers[count].Total, steepest = linear, most = V.All(0);
        for (int k = 0; k < count; k++)
        {
            steepest = steepest + (buffers[k].Total / buffers[k].K);
            most = most + buffers[k].Total;
        }

        V least = Max(total / steepest, (total - most) / linear), c = Max(guess, least);
        for (int step = 0; step < NewtonSteps; step++)
        {
            V value = linear * c, slope = linear;
            for (int k = 0; k < count; k++)
            {
                V share = 1 / (buffers[k].K + c), bound = buffers[k].Total * share;
                value = V.Fma(bound, c, value);
                slope = V.Fma(bound, buffers[k].K * share, slope);
            }

            c = Max(c + ((total - value) / slope), least);
        }

        return c;
    }
}
