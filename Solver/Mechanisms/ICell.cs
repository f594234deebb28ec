using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>All that a mechanism sees of the place it works at; ports are numbered as in its <see cref="MechanismInfo"/>.</summary>
/// <typeparam name="V">The lane type.</typeparam>
public interface ICell<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Concentration of a pool, µM.</summary>
    V Pool(int i);

    /// <summary>Value of a gate, 0…1.</summary>
    V Gate(int i);

    /// <summary>Flow i: j in µM/s of the pool it goes into (negative: out of it), and ∂j/∂into in 1/s.</summary>
    void Flow(int i, V j, V byInto);

    /// <summary>Flow i with both slopes, ∂j/∂into and ∂j/∂from, in 1/s.</summary>
    void Flow(int i, V j, V byInto, V byFrom);

    /// <summary>Gate i: dx/dt = gain − loss·x, both in 1/s.</summary>
    void Relax(int i, V gain, V loss);
}
