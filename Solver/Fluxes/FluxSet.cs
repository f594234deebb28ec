using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>
/// All mechanisms of a model at one lane width: sorted by their first flow, cut into passes of at most four members,
/// closed into generic kernels, with their parameters per lane.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FluxSet<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int MembersPerPass = 4, RestRounds = 64;
    private readonly List<PassMembers<V>> _passes = [];
    private readonly AlignedMemory _probe;
    private readonly FluxBinding<V> _scratch;
    private readonly int _pools, _members;

    /// <summary>Composes the passes.</summary>
    /// <param name="instances">Mechanisms in scenario order.</param>
    /// <param name="pools">Number of pools; the planes of the gates follow those of the pools.</param>
    /// <param name="slopes">The <see cref="ISlopes"/> kept; null: ∂j/∂into.</param>
    public FluxSet(IReadOnlyList<MechanismInstance> instances, int pools, Type? slopes = null)
    {
        _pools = pools;
        Gates = instances.Sum(i => i.Info.Gates.Count);
        var flows = instances.Select(i => i.FlowPlanes(0)).Distinct().ToList();
        int first = flows.Count;
        foreach (var flow in flows.ToArray())
        {
            bool isFirst = true;
            foreach (MechanismInstance[] members in Passes(instances.Where(i => i.FlowPlanes(0) == flow)))
            {
                var further = new int[members.Length];
                for (int m = 0; m < members.Length; m++)
                {
                    further[m] = flows.Count;
                    flows.AddRange(Enumerable.Range(1, members[m].Info.Flows.Count - 1).Select(members[m].FlowPlanes));
                }

                _passes.Add(new PassMembers<V>(members, flows.IndexOf(flow), further, add: !isFirst, slopes ?? typeof(IntoSlopes)));
                isFirst = false;
            }
        }

        (Flows, FirstFlows) = (flows, first);
        _members = instances.Count;
        _scratch = new FluxBinding<V>(_members);
        _probe = new AlignedMemory((pools + (3 * Gates) + (3 * Flows.Count)) * sizeof(V));
    }

    /// <summary>
    /// The flows there are, as planes (From −1: production): first those that passes sum up, then one entry for every
    /// second and later flow of a mechanism, which may repeat a pair.
    /// </summary>
    public IReadOnlyList<(int Into, int From)> Flows { get; }

    /// <summary>How many of <see cref="Flows"/> are sums of first flows.</summary>
    public int FirstFlows { get; }

    /// <summary>Number of gates.</summary>
    public int Gates { get; }

    /// <summary>A binding to memory that stays where it is.</summary>
    /// <param name="planes">Address of each pool's and gate's plane [pools + gates].</param>
    /// <param name="to">Where to write.</param>
    public FluxBinding<V> Bind(byte** planes, in FluxPlanes<V> to)
    {
        var binding = new FluxBinding<V>(_members);
        binding.Bind(_passes, planes, to);
        return binding;
    }

    /// <summary>Writes every flow and slope, and what every gate gains and loses, in cells first…first+n−1 of all planes.</summary>
    public void Run(FluxBinding<V> binding, int first, int n) => Run(binding, (nint)first * sizeof(V), first, n);

    /// <summary>The same where pools and gates are read and results are written at different places.</summary>
    /// <param name="binding">The memory.</param>
    /// <param name="from">Byte offset of the first cell in the planes of pools and gates.</param>
    /// <param name="first">Number of the first cell in the planes written.</param>
    /// <param name="n">Cells.</param>
    public void Run(FluxBinding<V> binding, nint from, int first, int n)
    {
        FluxPlanes<V> to = binding.To;
        int member = 0;
        foreach (PassMembers<V> pass in _passes)
        {
            long at = ((long)pass.Flow * to.Stride) + first;
            pass.Kernel.Run(
                binding.PortsOf(member), pass.Weights, from, (nint)first * sizeof(V), n, to.J + at, to.ByInto + at, to.ByFrom + at, pass.Add);
            member += pass.Members.Length;
        }
    }

    /// <summary>Writes every flow and slope of a model without gates, planes of <paramref name="n"/> cells.</summary>
    public void Run(byte** pools, int n, V* j, V* byInto)
    {
        _scratch.Bind(_passes, pools, new FluxPlanes<V> { J = j, ByInto = byInto, Stride = n });
        Run(_scratch, 0, n);
    }

    /// <summary>Takes over one lane's parameters; a balanced leak is set so that its flow is zero at rest.</summary>
    /// <param name="lane">Lane.</param>
    /// <param name="parameters">Values of the model's parameters.</param>
    /// <param name="rest">Rest concentration of every pool, µM.</param>
    /// <param name="control">Default parameters, for leaks balanced in the control; empty if there are none.</param>
    public void SetLane(int lane, ReadOnlySpan<double> parameters, ReadOnlySpan<double> rest, ReadOnlySpan<double> control = default)
    {
        double[] leaks = control.Length > 0 ? Leaks(lane, control, rest) : new double[Flows.Count];
        double[] own = Leaks(lane, parameters, rest);
        foreach (PassMembers<V> pass in _passes)
        {
            for (int m = 0; m < pass.Members.Length; m++)
            {
                Balance balance = pass.Members[m].Balance;
                if (balance != Balance.None)
                {
                    pass.SetRate(m, 0, lane, (balance == Balance.Control ? leaks : own)[pass.Flow]);
                }
            }

            pass.SetWeights(lane, parameters);
        }
    }

    /// <summary>Smallest rate of a balanced leak in a lane; infinite if there is none. A negative one means that there is no such rest.</summary>
    public double LowestBalancedRate(int lane)
    {
        double lowest = double.PositiveInfinity;
        foreach (PassMembers<V> pass in _passes)
        {
            for (int m = 0; m < pass.Members.Length; m++)
            {
                lowest = pass.Members[m].Balance == Balance.None ? lowest : Math.Min(lowest, pass.Rate(m, 0, lane));
            }
        }

        return lowest;
    }

    /// <summary>Gates of a lane at rest: where they neither gain nor lose.</summary>
    /// <param name="lane">Lane, whose parameters are set.</param>
    /// <param name="rest">Concentration of every pool, µM.</param>
    /// <param name="gates">Receives the gates [gates].</param>
    public void RestGates(int lane, ReadOnlySpan<double> rest, Span<double> gates)
    {
        gates.Clear();
        for (int round = 0; round < RestRounds; round++)
        {
            FluxPlanes<V> at = Probe(rest, gates);
            bool isSame = true;
            for (int g = 0; g < Gates; g++)
            {
                double loss = ((double*)(at.Loss + g))[lane];
                double next = loss > 0 ? ((double*)(at.Gain + g))[lane] / loss : gates[g];
                isSame &= next == gates[g];
                gates[g] = next;
            }

            if (isSame)
            {
                return;
            }
        }

        foreach (double gate in gates)
        {
            if (!(Math.Abs(gate) < 1e3))
            {
                gates.Clear(); // the rounds ran away: states of one channel that are what the others leave
                break;
            }
        }

        double[] last = rest.ToArray();
        GateBalance.Solve(gates, (x, residual) =>
        {
            FluxPlanes<V> at = Probe(last, x);
            for (int g = 0; g < residual.Length; g++)
            {
                residual[g] = ((double*)(at.Gain + g))[lane] - (((double*)(at.Loss + g))[lane] * x[g]);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _probe.Dispose();
        _scratch.Dispose();
        _passes.ForEach(p => p.Dispose());
    }

    // At most four members a pass; one that stands alone closes the pass before it.
    private static List<MechanismInstance[]> Passes(IEnumerable<MechanismInstance> instances)
    {
        var passes = new List<MechanismInstance[]>();
        var open = new List<MechanismInstance>();
        foreach (MechanismInstance next in instances)
        {
            if (open.Count == MembersPerPass || (open.Count > 0 && (next.Info.StandsAlone || open[^1].Info.StandsAlone)))
            {
                passes.Add([.. open]);
                open.Clear();
            }

            open.Add(next);
        }

        passes.Add([.. open]);
        return passes;
    }

    /// <summary>Rate of a balanced leak for every flow, with the given parameters and nothing blocked.</summary>
    private double[] Leaks(int lane, ReadOnlySpan<double> parameters, ReadOnlySpan<double> rest)
    {
        foreach (PassMembers<V> pass in _passes)
        {
            pass.SetLane(lane, parameters);
        }

        Span<double> gates = stackalloc double[Gates];
        RestGates(lane, rest, gates);
        FluxPlanes<V> at = Probe(rest, gates);
        var rates = new double[Flows.Count];
        for (int f = 0; f < rates.Length; f++)
        {
            // Second and later flows between the same pools count too.
            var (into, from) = Flows[f];
            double sum = ((double*)(at.J + f))[lane];
            for (int g = FirstFlows; g < rates.Length; g++)
            {
                sum += g != f && Flows[g] == Flows[f] ? ((double*)(at.J + g))[lane] : 0;
            }

            rates[f] = from < 0 ? 0 : -sum / (rest[from] - rest[into]);
        }

        return rates;
    }

    private FluxPlanes<V> Probe(ReadOnlySpan<double> rest, ReadOnlySpan<double> gates)
    {
        int planes = _pools + Gates, flows = Flows.Count;
        byte** addresses = stackalloc byte*[planes];
        V* values = (V*)_probe.Start;
        for (int p = 0; p < planes; p++)
        {
            values[p] = V.All(p < _pools ? rest[p] : gates[p - _pools]);
            addresses[p] = (byte*)(values + p);
        }

        V* to = values + planes;
        var result = new FluxPlanes<V>
        {
            J = to,
            ByInto = to + flows,
            ByFrom = to + (2 * flows),
            Gain = to + (3 * flows),
            Loss = to + (3 * flows) + Gates,
            Stride = 1,
        };
        _scratch.Bind(_passes, addresses, result);
        Run(_scratch, 0, 1);
        return result;
    }
}
