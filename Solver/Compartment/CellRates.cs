using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Medium;
using CalciumSweep.Solver.Protocols;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// Right-hand side of a well-mixed cell across lanes. Variables are numbered: pools, gates, kinetic buffers (bound calcium), tallies
/// (integrals of flows); fluxes: flows of mechanisms, binding, gates. Derivatives are linear in the fluxes, each of which leaves one
/// pool and enters another, so that calcium is conserved to rounding by any linear method.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe partial class CellRates<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    // Newton from the left of a concave function is monotone; each round at least doubles the digits once it is near.
    private const int EquilibriumRounds = 24;
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
        _memory = new AlignedMemory(((2 * _flows) + (3 * _buffers) + _pools + _pools + (4 * _gates)) * sizeof(V));
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

    // 1, or 0 for gates of a mechanism that is switched off: they stay where they are, and no step is shortened for them [gates].
    private V* Live => GateLoss + _gates;

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
            phi[g] = Live[g] * (GateGain[g] - (GateLoss[g] * y[_pools + g]));
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
}
