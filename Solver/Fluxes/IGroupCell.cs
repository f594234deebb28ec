using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>A cell seen by several members one after the other.</summary>
/// <typeparam name="V">The lane type.</typeparam>
public interface IGroupCell<V> : ICell<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Turns to the next member; <paramref name="member"/> is a constant after inlining.</summary>
    void Turn(int member);
}
