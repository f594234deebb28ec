using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Inverse of a small block.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class BlockInverse<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>In place, without pivoting: the columns are dominated by their diagonal.</summary>
    public static void Invert(V* m, int n)
    {
        for (int p = 0; p < n; p++)
        {
            V inverse = 1 / m[(p * n) + p];
            m[(p * n) + p] = V.All(1);
            for (int b = 0; b < n; b++)
            {
                m[(p * n) + b] = inverse * m[(p * n) + b];
            }

            for (int a = 0; a < n; a++)
            {
                if (a == p)
                {
                    continue;
                }

                V factor = m[(a * n) + p];
                m[(a * n) + p] = V.All(0);
                for (int b = 0; b < n; b++)
                {
                    m[(a * n) + b] = V.Fma(-factor, m[(p * n) + b], m[(a * n) + b]);
                }
            }
        }
    }
}
