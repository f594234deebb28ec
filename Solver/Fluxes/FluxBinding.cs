using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>Which memory the passes of a <see cref="FluxSet{V}"/> read and write: bound once, run often.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FluxBinding<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly AlignedMemory _ports;

    /// <summary>A binding for <paramref name="members"/> mechanisms.</summary>
    public FluxBinding(int members) => _ports = new AlignedMemory((long)members * Ports.PerMember * sizeof(byte*));

    /// <summary>Where the passes write.</summary>
    public FluxPlanes<V> To { get; private set; }

    /// <summary>The table of the member with this running number.</summary>
    public byte** PortsOf(int member) => (byte**)_ports.Start + (member * Ports.PerMember);

    /// <summary>Points every port at its plane.</summary>
    /// <param name="passes">The passes, in order.</param>
    /// <param name="planes">Address of each pool's and gate's plane [pools + gates].</param>
    /// <param name="to">Where to write.</param>
    public void Bind(List<PassMembers<V>> passes, byte** planes, in FluxPlanes<V> to)
    {
        To = to;
        int member = 0;
        foreach (PassMembers<V> pass in passes)
        {
            for (int m = 0; m < pass.Members.Length; m++)
            {
                Bind(PortsOf(member++), pass.Members[m], pass.FurtherFlows[m], planes, to);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ports.Dispose();

    private static void Bind(byte** port, MechanismInstance member, int further, byte** planes, in FluxPlanes<V> to)
    {
        int[] plane = member.PoolPlane;
        for (int p = 0; p < plane.Length; p++)
        {
            port[p] = planes[plane[p]];
        }

        long stride = to.Stride;
        int gates = member.Info.Gates.Count, flows = member.Info.Flows.Count;
        for (int g = 0; g < gates; g++)
        {
            port[Ports.Gates + g] = planes[member.FirstGatePlane + g];
            port[Ports.Gains + g] = (byte*)(to.Gain + ((member.FirstGate + g) * stride));
            port[Ports.Losses + g] = (byte*)(to.Loss + ((member.FirstGate + g) * stride));
        }

        for (int f = 1; f < flows; f++)
        {
            byte** at = port + Ports.Flows + (3 * (f - 1));
            long offset = (further + f - 1) * stride;
            at[0] = (byte*)(to.J + offset);
            at[1] = (byte*)(to.ByInto + offset);
            at[2] = (byte*)(to.ByFrom + offset);
        }
    }
}
