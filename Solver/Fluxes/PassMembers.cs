using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>The members of one pass with their parameters per lane, and the kernel closed over them.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class PassMembers<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly AlignedMemory _memory, _pointers;
    private readonly V** _rates;

    /// <summary>Closes a kernel.</summary>
    /// <param name="members">At most four, in scenario order.</param>
    /// <param name="flow">Number of the flow they all make first.</param>
    /// <param name="furtherFlows">Number of the first further flow of each member [members].</param>
    /// <param name="add">True if an earlier pass makes the same flow.</param>
    /// <param name="slopes">The <see cref="ISlopes"/> kept.</param>
    public PassMembers(MechanismInstance[] members, int flow, int[] furtherFlows, bool add, Type slopes)
    {
        (Members, Flow, FurtherFlows, Add) = (members, flow, furtherFlows, add);
        Kernel = ByHand?.Invoke(members, slopes) ?? Compose(members, slopes);
        _memory = new AlignedMemory((members.Sum(m => m.RateIndex.Length) + members.Length) * sizeof(V));
        _pointers = new AlignedMemory(members.Length * sizeof(V*));
        _rates = (V**)_pointers.Start;
        V* at = (V*)_memory.Start;
        for (int m = 0; m < members.Length; m++)
        {
            _rates[m] = at;
            at += members[m].RateIndex.Length;
        }

        Weights = at;
        Kernel.Reload(_rates);
    }

    /// <summary>A pass written by hand for some members and slopes, or null: the benchmark of what composing costs sets it, nothing else.</summary>
    internal static Func<MechanismInstance[], Type, FluxPass<V>?>? ByHand { get; set; }

    /// <summary>The mechanisms.</summary>
    public MechanismInstance[] Members { get; }

    /// <summary>Number of the flow all of them make first.</summary>
    public int Flow { get; }

    /// <summary>Number of the first further flow of each member [members].</summary>
    public int[] FurtherFlows { get; }

    /// <summary>True if an earlier pass makes the same flow.</summary>
    public bool Add { get; }

    /// <summary>The kernel.</summary>
    public FluxPass<V> Kernel { get; }

    /// <summary>What the flows of each member are multiplied with [members].</summary>
    public V* Weights { get; }

    /// <summary>Takes over a lane's parameters, with all weights unblocked.</summary>
    public void SetLane(int lane, ReadOnlySpan<double> parameters)
    {
        for (int m = 0; m < Members.Length; m++)
        {
            for (int r = 0; r < Members[m].RateIndex.Length; r++)
            {
                int index = Members[m].RateIndex[r], on = Members[m].RateSwitch.Length > 0 ? Members[m].RateSwitch[r] : -1;
                ((double*)(_rates[m] + r))[lane] = index < 0 ? 0 : on < 0 ? parameters[index] : parameters[on] * parameters[index];
            }

            ((double*)(Weights + m))[lane] = Factor(Members[m], parameters);
        }

        Kernel.Reload(_rates);
    }

    /// <summary>Sets one rate of one member.</summary>
    public void SetRate(int member, int rate, int lane, double value)
    {
        ((double*)(_rates[member] + rate))[lane] = value;
        Kernel.Reload(_rates);
    }

    /// <summary>One rate of one member in a lane.</summary>
    public double Rate(int member, int rate, int lane) => ((double*)(_rates[member] + rate))[lane];

    /// <summary>Takes over what is blocked.</summary>
    public void SetWeights(int lane, ReadOnlySpan<double> parameters)
    {
        for (int m = 0; m < Members.Length; m++)
        {
            ((double*)(Weights + m))[lane] = Factor(Members[m], parameters) * (Members[m].BlockIndex < 0 ? 1 : 1 - parameters[Members[m].BlockIndex]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _pointers.Dispose();
        Kernel.Dispose();
    }

    private static double Factor(MechanismInstance member, ReadOnlySpan<double> parameters) =>
        member.IsThere(parameters) * (member.Factor < 0 ? 1 : parameters[member.Factor]);

    private static FluxPass<V> Compose(MechanismInstance[] members, Type slopes) =>
        (FluxPass<V>)Activator.CreateInstance(typeof(GroupPass<,,>).MakeGenericType(Close(members, members.Length - 1), typeof(V), slopes))!;

    private static Type Close(MechanismInstance[] members, int last)
    {
        Type closed = members[last].Open.MakeGenericType(typeof(V));
        Type one = typeof(One<,>).MakeGenericType(closed, typeof(V));
        return last == 0 ? one : typeof(Sum<,,>).MakeGenericType(Close(members, last - 1), one, typeof(V));
    }
}
