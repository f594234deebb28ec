using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// Right-hand side of a well-mixed cell across lanes. Variables are numbered: pools, gates, kinetic buffers (bound calcium), tallies
/// (integrals of flows); fluxes: flows of mechanisms, binding, gates. Derivatives are linear in the fluxes, each of which leaves one
/// pool and enters another, so that calcium is conserved to rounding by any linear method.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CellRates<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    // Newton from the left of a concave function is monotone; each round at least doubles the digits once it is near.
    private const int EquilibriumRounds = 24;
    private const double MostSettled = 1e5;
    private readonly CompartmentModel _model;
    private readonly FluxBinding<V> _binding;
    private readonly AlignedMemory _memory, _rapid;
    private readonly int[] _tally;
    private readonly bool[] _isRapid;
    private readonly double[][] _parameters = new double[V.Count][];
    private readonly double[] _start = new double[V.Count], _dt = new double[V.Count];
    private readonly int _pools, _gates, _flows, _buffers;

    /// <summary>The rates of a model.</summary>
    public CellRates(CompartmentModel model)
    {
        _model = model;
        MediumParts medium = model.Medium;
        Set = new FluxSet<V>(medium.Mechanisms, medium.Pools.Count, typeof(NoSlopes));
        (_pools, _gates, _flows, _buffers) = (medium.Pools.Count, Set.Gates, Set.Flows.Count, model.Kinetic.Length);
        _tally = [.. model.Rule.TallyFlows];
        _isRapid = [.. Enumerable.Range(0, _pools).Select(model.IsRapid)];
        Variables = _pools + _gates + _buffers + _tally.Length;
        Fluxes = _flows + _buffers + _gates;
        _memory = new AlignedMemory(((2 * _flows) + (3 * _buffers) + _pools + _pools + (3 * _gates)) * sizeof(V));
        _rapid = new AlignedMemory(2 * (model.Rapid.Length + 1) * sizeof(V));
        var planes = stackalloc byte*[_pools + _gates];
        for (int i = 0; i < _pools + _gates; i++)
        {
            planes[i] = (byte*)(Seen + i);
        }

        // What passes write is moved to the caller's fluxes: their addresses stay.
        J = new AlignedMemory(3 * (_flows + 1) * sizeof(V));
        V* j = (V*)J.Start;
        _binding = Set.Bind(planes, new FluxPlanes<V>
        {
            J = j,
            ByInto = j + _flows,
            ByFrom = j + (2 * _flows),
            Gain = GateGain,
            Loss = GateLoss,
            Stride = 1,
        });
    }

    /// <summary>The mechanisms.</summary>
    public FluxSet<V> Set { get; }

    /// <summary>Numbers of variables and of fluxes.</summary>
    public int Variables { get; }

    /// <inheritdoc cref="Variables"/>
    public int Fluxes { get; }

    private AlignedMemory J { get; }

    // What a flow gives the pool it goes into, per its volume and with its buffers: its free share [flows].
    private V* Gain => (V*)_memory.Start;

    // What it takes from the pool it comes out of: free share × ratio of the volumes [flows].
    private V* Cost => Gain + _flows;

    private V* On => Cost + _flows;

    private V* Off => On + _buffers;

    private V* Total => Off + _buffers;

    private V* Free => Total + _buffers;

    // What mechanisms see: free concentrations, then gates.
    private V* Seen => Free + _pools;

    private V* GateGain => Seen + _pools + _gates;

    private V* GateLoss => GateGain + _gates;

    /// <summary>Takes over one lane's parameters and writes its state at rest.</summary>
    /// <param name="lane">Lane.</param>
    /// <param name="v">Parameters of the simulation.</param>
    /// <param name="state">Receives free concentrations, gates, bound calcium and tallies [variables].</param>
    public void SetLane(int lane, double[] v, Span<double> state)
    {
        _parameters[lane] = v;
        double[] rest = _model.Medium.Rest(v);
        Set.SetLane(lane, v, rest, _model.Control);
        state.Clear();
        rest.CopyTo(state);
        Set.RestGates(lane, rest, state.Slice(_pools, _gates));
        SetShares(lane, v);
        if (_model.Medium.Pools.Any(p => p.Settles))
        {
            // Blocks begin with the run: pools settle without them.
            double[] open = [.. v];
            foreach (MechanismInstance mechanism in _model.Medium.Mechanisms)
            {
                open[mechanism.BlockIndex] = 0;
            }

            Set.SetLane(lane, open, rest, _model.Control);
            for (int p = 0; p < _pools; p++)
            {
                if (_model.Medium.Pools[p].Settles)
                {
                    Settle(lane, p, state);
                }
            }

            Set.RestGates(lane, state[.._pools], state.Slice(_pools, _gates));
            Set.SetLane(lane, v, rest, _model.Control);
        }

        for (int b = 0; b < _buffers; b++)
        {
            state[_pools + _gates + b] = _model.Kinetic[b].Bound(v, state[_model.Kinetic[b].Pool]);
        }
    }

    private void SetShares(int lane, double[] v)
    {
        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = Set.Flows[f];
            At(Gain, f, lane) = Share(into, v);
            At(Cost, f, lane) = from < 0 ? 0 : Share(from, v) * Volume(into, v) / Volume(from, v);
        }

        for (int p = 0; p < _pools; p++)
        {
            At(Free, p, lane) = Share(p, v);
        }

        for (int b = 0; b < _buffers; b++)
        {
            Buffer buffer = _model.Kinetic[b];
            (At(On, b, lane), At(Off, b, lane), At(Total, b, lane)) = (buffer.OnRate(v), buffer.OffRate(v), v[buffer.Total]);
        }

        for (int b = 0; b < _model.Rapid.Length; b++)
        {
            Buffer buffer = _model.Rapid[b];
            V* at = (V*)_rapid.Start + (2 * b);
            (At(at, 0, lane), At(at, 1, lane)) = (v[buffer.Total], buffer.HalfSaturation(v));
        }
    }

    /// <summary>Replaces a lane's free concentrations by what is conserved: free and rapidly bound calcium, times the free share.</summary>
    public void Bind(int lane, Span<double> state)
    {
        double[] v = _parameters[lane];
        for (int p = 0; p < _pools; p++)
        {
            double bound = 0;
            foreach (Buffer buffer in _model.Rapid)
            {
                bound += buffer.Pool == p ? buffer.Bound(v, state[p]) : 0;
            }

            state[p] += Share(p, v) * bound;
        }
    }

    /// <summary>What free calcium of a pool a lane's variable stands for, and its derivative.</summary>
    public (double Value, double Slope) FreeOf(int lane, int pool, double value, double slope)
    {
        double[] v = _parameters[lane];
        double c = value, share = Share(pool, v), capacity = 1;
        if (!_isRapid[pool])
        {
            return (value, slope);
        }

        for (int round = 0; round < EquilibriumRounds; round++)
        {
            double total = c;
            capacity = 1;
            foreach (Buffer buffer in _model.Rapid)
            {
                double k = buffer.HalfSaturation(v), bound = buffer.Pool == pool ? share * v[buffer.Total] / (k + c) : 0;
                total += bound * c;
                capacity += bound * k / (k + c);
            }

            c = Math.Max(0, c - ((total - value) / capacity));
        }

        return (c, slope / capacity);
    }

    /// <summary>Sets where in time a lane's step is.</summary>
    public void SetWindow(int lane, double start, double dt) => (_start[lane], _dt[lane]) = (start, dt);

    /// <summary>Writes all fluxes, µM/s or 1/s, at a state and at a place within the step.</summary>
    /// <param name="y">State; driven pools are brought to their protocol's value [variables].</param>
    /// <param name="share">Place within the step, 0…1.</param>
    /// <param name="phi">Receives the fluxes [fluxes].</param>
    public void Flux(V* y, double share, V* phi)
    {
        Drive(y, share);
        for (int i = 0; i < _pools + _gates; i++)
        {
            Seen[i] = y[i];
        }

        for (int p = 0; p < _pools && _model.Rapid.Length > 0; p++)
        {
            if (_isRapid[p])
            {
                Seen[p] = Equilibrium(p, y[p]);
            }
        }

        Set.Run(_binding, 0, 1);
        V* j = (V*)J.Start;
        for (int f = 0; f < _flows; f++)
        {
            phi[f] = j[f];
        }

        phi += _flows;
        for (int b = 0; b < _buffers; b++)
        {
            V bound = y[_pools + _gates + b];
            phi[b] = (On[b] * Seen[_model.Kinetic[b].Pool] * (Total[b] - bound)) - (Off[b] * bound);
        }

        phi += _buffers;
        for (int g = 0; g < _gates; g++)
        {
            phi[g] = GateGain[g] - (GateLoss[g] * y[_pools + g]);
        }
    }

    /// <summary>Derivatives of all variables from the fluxes.</summary>
    public void Assemble(V* phi, V* dy)
    {
        for (int p = 0; p < _pools; p++)
        {
            dy[p] = V.All(0);
        }

        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = Set.Flows[f];
            dy[into] = dy[into] + (Gain[f] * phi[f]);
            if (from >= 0)
            {
                dy[from] = dy[from] - (Cost[f] * phi[f]);
            }
        }

        V* next = dy + _pools + _gates;
        for (int b = 0; b < _buffers; b++)
        {
            int pool = _model.Kinetic[b].Pool;
            dy[pool] = dy[pool] - (Free[pool] * phi[_flows + b]);
            next[b] = phi[_flows + b];
        }

        for (int g = 0; g < _gates; g++)
        {
            dy[_pools + g] = phi[_flows + _buffers + g];
        }

        for (int t = 0; t < _tally.Length; t++)
        {
            next[_buffers + t] = phi[_tally[t]];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        Set.Dispose();
        _memory.Dispose();
        _rapid.Dispose();
        J.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(V* plane, int at, int lane) => ref ((double*)(plane + at))[lane];

    // Where the derivative of one pool is zero, the others held: bisection, so that nothing but the sign decides.
    private void Settle(int lane, int pool, Span<double> state)
    {
        double low = 0, high = MostSettled;
        for (int round = 0; round < 200 && high > low; round++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            state[pool] = middle;
            (low, high) = Derivative(lane, pool, state) > 0 ? (middle, high) : (low, middle);
        }

        state[pool] = low;
    }

    private double Derivative(int lane, int pool, ReadOnlySpan<double> state)
    {
        for (int i = 0; i < _pools + _gates; i++)
        {
            At(Seen, i, lane) = state[i];
        }

        Set.Run(_binding, 0, 1);
        double sum = 0;
        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = Set.Flows[f];
            double j = At((V*)J.Start, f, lane);
            sum += into == pool ? At(Gain, f, lane) * j : from == pool ? -At(Cost, f, lane) * j : 0;
        }

        return sum;
    }

    private void Drive(V* y, double share)
    {
        foreach (Protocol protocol in _model.Protocols)
        {
            for (int lane = 0; lane < V.Count; lane++)
            {
                if (_parameters[lane] is { } v)
                {
                    At(y, protocol.Pool, lane) = protocol.At(v, _start[lane] + (share * _dt[lane]), _start[lane] + (0.5 * _dt[lane]));
                }
            }
        }
    }

    // The free concentration at which c + share·Σ b·c/(K + c) is the conserved variable.
    private V Equilibrium(int pool, V value)
    {
        V c = value, share = Free[pool];
        for (int round = 0; round < EquilibriumRounds; round++)
        {
            V total = c, capacity = V.All(1);
            for (int b = 0; b < _model.Rapid.Length; b++)
            {
                if (_model.Rapid[b].Pool == pool)
                {
                    V* at = (V*)_rapid.Start + (2 * b);
                    V r = 1 / (at[1] + c), bound = share * at[0] * r;
                    total = total + (bound * c);
                    capacity = capacity + (bound * at[1] * r);
                }
            }

            c = Elementary.Max(V.All(0), c - ((total - value) / capacity));
        }

        return c;
    }

    private double Share(int pool, double[] v) => _model.Medium.Pools[pool].FreeShare(v);

    private double Volume(int pool, double[] v) => _model.Medium.Pools[pool].VolumeRatio(v);
}
