using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>
/// All mechanisms of a model at one lane width: sorted by their flow, cut into passes of at most four members, closed
/// into generic kernels, with their parameters per lane.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FluxSet<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int MembersPerPass = 4;
    private readonly List<Pass> _passes = [];
    private readonly AlignedMemory _probe;
    private readonly int _planes;

    /// <summary>Composes the passes.</summary>
    /// <param name="instances">Mechanisms in scenario order.</param>
    /// <param name="planes">Number of pools (planes).</param>
    public FluxSet(IReadOnlyList<MechanismInstance> instances, int planes)
    {
        _planes = planes;
        _probe = new AlignedMemory((planes + 2) * sizeof(V));
        Flows = [.. instances.Select(i => i.Flow).Distinct()];
        foreach (var flow in Flows)
        {
            bool isFirst = true;
            foreach (var members in instances.Where(i => i.Flow == flow).Chunk(MembersPerPass))
            {
                _passes.Add(new Pass(members, Flows.ToList().IndexOf(flow), add: !isFirst));
                isFirst = false;
            }
        }
    }

    /// <summary>The flows there are, as planes; flow i of <see cref="Run"/>.</summary>
    public IReadOnlyList<(int Into, int From)> Flows { get; }

    /// <summary>Writes every flow and slope.</summary>
    /// <param name="pools">Address of each plane [planes].</param>
    /// <param name="n">Cells.</param>
    /// <param name="j">Flows: one plane of <paramref name="n"/> cells after the other [flows × cells].</param>
    /// <param name="byInto">Slopes, likewise.</param>
    public void Run(byte** pools, int n, V* j, V* byInto)
    {
        byte** ports = stackalloc byte*[MembersPerPass * EdgeCell<V>.PortsPerMember];
        foreach (Pass pass in _passes)
        {
            for (int m = 0; m < pass.Members.Length; m++)
            {
                int[] plane = pass.Members[m].PoolPlane;
                for (int p = 0; p < plane.Length; p++)
                {
                    ports[(m * EdgeCell<V>.PortsPerMember) + p] = pools[plane[p]];
                }
            }

            pass.Kernel.Run(ports, pass.Weights, n, j + (pass.Flow * n), byInto + (pass.Flow * n), pass.Add);
        }
    }

    /// <summary>Takes over one lane's parameters; a balanced leak is set so that its flow is zero at rest.</summary>
    /// <param name="lane">Lane.</param>
    /// <param name="parameters">Values of the model's parameters.</param>
    /// <param name="rest">Rest concentration of every plane, µM.</param>
    public void SetLane(int lane, ReadOnlySpan<double> parameters, ReadOnlySpan<double> rest)
    {
        foreach (Pass pass in _passes)
        {
            pass.SetLane(lane, parameters);
        }

        for (int flow = 0; flow < Flows.Count; flow++)
        {
            Balance(flow, lane, rest);
        }

        foreach (Pass pass in _passes)
        {
            pass.SetWeights(lane, parameters);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _probe.Dispose();
        _passes.ForEach(p => p.Dispose());
    }

    private void Balance(int flow, int lane, ReadOnlySpan<double> rest)
    {
        foreach (Pass pass in _passes.Where(p => p.Flow == flow))
        {
            for (int m = 0; m < pass.Members.Length; m++)
            {
                if (pass.Members[m].IsBalanced)
                {
                    var (into, from) = Flows[flow];
                    pass.SetRate(m, 0, lane, -AtRest(flow, lane, rest) / (rest[from] - rest[into]));
                }
            }
        }
    }

    private double AtRest(int flow, int lane, ReadOnlySpan<double> rest)
    {
        byte** pools = stackalloc byte*[_planes];
        V* values = (V*)_probe.Start;
        for (int p = 0; p < _planes; p++)
        {
            values[p] = V.All(rest[p]);
            pools[p] = (byte*)(values + p);
        }

        V* j = stackalloc V[Flows.Count * 2];
        Run(pools, 1, j, j + Flows.Count);
        return ((double*)(j + flow))[lane];
    }

    private sealed class Pass : IDisposable
    {
        private readonly AlignedMemory _memory;
        private readonly V** _rates;
        private readonly AlignedMemory _pointers;

        public Pass(MechanismInstance[] members, int flow, bool add)
        {
            (Members, Flow, Add) = (members, flow, add);
            Type group = Close(members, members.Length - 1);
            Kernel = (FluxPass<V>)Activator.CreateInstance(typeof(GroupPass<,>).MakeGenericType(group, typeof(V)))!;
            int rates = members.Sum(m => m.RateIndex.Length);
            _memory = new AlignedMemory((rates + members.Length) * sizeof(V));
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

        public MechanismInstance[] Members { get; }

        public int Flow { get; }

        public bool Add { get; }

        public FluxPass<V> Kernel { get; }

        public V* Weights { get; }

        public void SetLane(int lane, ReadOnlySpan<double> parameters)
        {
            for (int m = 0; m < Members.Length; m++)
            {
                for (int r = 0; r < Members[m].RateIndex.Length; r++)
                {
                    int index = Members[m].RateIndex[r];
                    ((double*)(_rates[m] + r))[lane] = index < 0 ? 0 : parameters[index];
                }

                ((double*)(Weights + m))[lane] = 1;
            }

            Kernel.Reload(_rates);
        }

        public void SetRate(int member, int rate, int lane, double value)
        {
            ((double*)(_rates[member] + rate))[lane] = value;
            Kernel.Reload(_rates);
        }

        public void SetWeights(int lane, ReadOnlySpan<double> parameters)
        {
            for (int m = 0; m < Members.Length; m++)
            {
                ((double*)(Weights + m))[lane] = 1 - parameters[Members[m].BlockIndex];
            }
        }

        public void Dispose()
        {
            _memory.Dispose();
            _pointers.Dispose();
            Kernel.Dispose();
        }

        private static Type Close(MechanismInstance[] members, int last)
        {
            Type closed = members[last].Open.MakeGenericType(typeof(V));
            Type one = typeof(One<,>).MakeGenericType(closed, typeof(V));
            return last == 0 ? one : typeof(Sum<,,>).MakeGenericType(Close(members, last - 1), one, typeof(V));
        }
    }
}
