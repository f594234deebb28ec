using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Kernels;

/// <summary>A cell with two pools whose flow and slope stay in registers, as in the solver's fused passes.</summary>
internal unsafe struct PassCell<V>(V* cytosol, V* store) : ICell<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Sum of the flows, µM/s.</summary>
    public V J = V.All(0);

    /// <summary>Sum of the slopes, 1/s.</summary>
    public V ByInto = V.All(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Pool(int i) => i == 0 ? *cytosol : *store;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Gate(int i) => V.All(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flow(int i, V j, V byInto)
    {
        J = J + j;
        ByInto = ByInto + byInto;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flow(int i, V j, V byInto, V byFrom) => Flow(i, j, byInto);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Relax(int i, V gain, V loss)
    {
    }
}
