using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics.Cell;

/// <summary>One cell in memory: what a mechanism reads, and everything it writes.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct RecordingCell<V>(V[] pools, V[] gates, int flows) : ICell<V>
    where V : unmanaged, ILanes<V>
{
    public readonly V[] J = new V[flows], ByInto = new V[flows], ByFrom = new V[flows], Gain = new V[gates.Length], Loss = new V[gates.Length];

    public readonly V Pool(int i) => pools[i];

    public readonly V Gate(int i) => gates[i];

    public readonly void Flow(int i, V j, V byInto) => Flow(i, j, byInto, V.All(0));

    public readonly void Flow(int i, V j, V byInto, V byFrom) => (J[i], ByInto[i], ByFrom[i]) = (j, byInto, byFrom);

    public readonly void Relax(int i, V gain, V loss) => (Gain[i], Loss[i]) = (gain, loss);
}
