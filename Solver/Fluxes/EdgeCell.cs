using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>
/// The fast cell: all members of a pass make the same flow, whose sum and slope stay in registers. A member's pools
/// are found through a table of plane addresses; its weight (1 − block) scales what it makes.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
public unsafe struct EdgeCell<V> : ICell<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Ports a member has in the table.</summary>
    public const int PortsPerMember = 8;

    private readonly byte** _planes;
    private readonly V* _weights;
    private readonly nint _offset;
    private V _j, _byInto;
    private int _member;

    /// <summary>A cell.</summary>
    /// <param name="planes">Plane of each port [members × <see cref="PortsPerMember"/>].</param>
    /// <param name="weights">Weight of each member [members].</param>
    /// <param name="offset">Byte offset of the cell in every plane.</param>
    public EdgeCell(byte** planes, V* weights, nint offset)
    {
        _planes = planes;
        _weights = weights;
        _offset = offset;
        _j = V.All(0);
        _byInto = V.All(0);
        _member = 0;
    }

    /// <summary>Sum of the flows, µM/s of the pool it goes into.</summary>
    public readonly V J => _j;

    /// <summary>Sum of the slopes ∂j/∂into, 1/s.</summary>
    public readonly V ByInto => _byInto;

    /// <summary>Turns to the next member; <paramref name="member"/> is a constant after inlining.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn(int member) => _member = member;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Pool(int i) => *(V*)(_planes[(_member * PortsPerMember) + i] + _offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Gate(int i) => *(V*)(_planes[(_member * PortsPerMember) + 6 + i] + _offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flow(int i, V j, V byInto)
    {
        V w = _weights[_member];
        _j = _j + (w * j);
        _byInto = _byInto + (w * byInto);
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
