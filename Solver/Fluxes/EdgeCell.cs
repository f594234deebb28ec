using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>
/// The fast cell: all members of a pass make the same first flow, whose sum and slopes stay in registers; gates and
/// further flows go to memory. A member's planes are found through a table of addresses; its weight scales its flows.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
/// <typeparam name="S">The slopes that are kept.</typeparam>
public unsafe struct EdgeCell<V, S> : IGroupCell<V>
    where V : unmanaged, ILanes<V>
    where S : struct, ISlopes
{
    private readonly byte** _planes;
    private readonly V* _weights;
    private readonly nint _offset, _to;
    private V _j, _byInto, _byFrom;
    private int _member;

    /// <summary>A cell.</summary>
    /// <param name="planes">Plane of each port, see <see cref="Ports"/> [members × ports].</param>
    /// <param name="weights">Weight of each member [members].</param>
    /// <param name="offset">Byte offset of the cell in the planes of pools and gates.</param>
    /// <param name="to">Byte offset of the cell where gates and further flows are written.</param>
    public EdgeCell(byte** planes, V* weights, nint offset, nint to)
    {
        _planes = planes;
        _weights = weights;
        _offset = offset;
        _to = to;
        _j = V.All(0);
        _byInto = V.All(0);
        _byFrom = V.All(0);
        _member = 0;
    }

    /// <summary>Sum of the first flows, µM/s of the pool it goes into.</summary>
    public readonly V J => _j;

    /// <summary>Sum of the slopes ∂j/∂into, 1/s.</summary>
    public readonly V ByInto => _byInto;

    /// <summary>Sum of the slopes ∂j/∂from, 1/s.</summary>
    public readonly V ByFrom => _byFrom;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn(int member) => _member = member * Ports.PerMember;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Pool(int i) => *From(i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Gate(int i) => *From(Ports.Gates + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flow(int i, V j, V byInto) => Flow(i, j, byInto, V.All(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flow(int i, V j, V byInto, V byFrom)
    {
        V w = _weights[_member / Ports.PerMember];
        if (i == 0)
        {
            _j = _j + (w * j);
            _byInto = S.Into ? _byInto + (w * byInto) : _byInto;
            _byFrom = S.From ? _byFrom + (w * byFrom) : _byFrom;
            return;
        }

        int port = Ports.Flows + (3 * (i - 1));
        *To(port) = w * j;
        if (S.Into)
        {
            *To(port + 1) = w * byInto;
        }

        if (S.From)
        {
            *To(port + 2) = w * byFrom;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Relax(int i, V gain, V loss)
    {
        *To(Ports.Gains + i) = gain;
        *To(Ports.Losses + i) = loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V* From(int port) => (V*)(_planes[_member + port] + _offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V* To(int port) => (V*)(_planes[_member + port] + _to);
}
