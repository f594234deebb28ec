using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics.Cell;

/// <summary>Evaluates a mechanism at one point, in any lane type.</summary>
internal static unsafe class MechanismProbe
{
    /// <summary>Values of the parameters and of what the mechanism sees → everything it writes.</summary>
    public static RecordingCell<V> At<M, V>(double[] parameters, V[] pools, V[] gates)
        where M : unmanaged, IMechanism<M, V>
        where V : unmanaged, ILanes<V>
    {
        var values = stackalloc V[parameters.Length + 1];
        for (int i = 0; i < parameters.Length; i++)
        {
            values[i] = V.All(parameters[i]);
        }

        M mechanism = M.Load(new Rates<V>(M.Info, values));
        var cell = new RecordingCell<V>(pools, gates, M.Info.Flows.Count);
        mechanism.Flux(ref cell);
        return cell;
    }

    /// <summary>Everything written, as bits of every lane.</summary>
    public static long[] Bits<M, V>(double[] parameters, double[] pools, double[] gates)
        where M : unmanaged, IMechanism<M, V>
        where V : unmanaged, ILanes<V>
    {
        RecordingCell<V> cell = At<M, V>(parameters, [.. pools.Select(V.All)], [.. gates.Select(V.All)]);
        V[] all = [.. cell.J, .. cell.ByInto, .. cell.ByFrom, .. cell.Gain, .. cell.Loss];
        var bits = new List<long>();
        fixed (V* p = all)
        {
            for (int i = 0; i < all.Length; i++)
            {
                long first = *(long*)(p + i);
                for (int lane = 0; lane < V.Count; lane++)
                {
                    Assert.Equal(first, ((long*)(p + i))[lane]);
                }

                bits.Add(first);
            }
        }

        return [.. bits];
    }
}
