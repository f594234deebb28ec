using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// One step of a few pools across lanes: the explicit pair of Dormand and Prince 1980 (J Comput Appl Math 6:19), order 5 with
/// an estimate of order 4. Flows leave one pool and enter another, so a closed cell conserves calcium to rounding.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CompartmentStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Stages = 7;

    private static readonly double[][] _a =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    // Weights of order 5 less those of order 4.
    private static readonly double[] _e =
    [
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
    ];

    private readonly FluxSet<V> _fluxes;
    private readonly int _pools, _flows;
    private readonly AlignedMemory _memory, _pointers;

    /// <summary>A stepper.</summary>
    /// <param name="fluxes">The mechanisms.</param>
    /// <param name="pools">Number of pools.</param>
    public CompartmentStep(FluxSet<V> fluxes, int pools)
    {
        (_fluxes, _pools, _flows) = (fluxes, pools, fluxes.Flows.Count);
        _memory = new AlignedMemory(((pools * (Stages + 3)) + (4 * _flows) + 1) * sizeof(V));
        _pointers = new AlignedMemory(pools * sizeof(byte*));
    }

    /// <summary>Free calcium of each pool, µM [pools].</summary>
    public V* Y => (V*)_memory.Start;

    /// <summary>Free calcium at the end of the step tried, µM [pools].</summary>
    public V* Next => Y + _pools;

    /// <summary>Derivatives at the start (stage 0) and at the end (stage 6), µM/s [pools].</summary>
    public V* Derivative(int stage) => Y + ((3 + stage) * _pools);

    /// <summary>What a flow gives the pool it goes into, per its volume and with its buffers: its free share [flows].</summary>
    public V* Gain => Y + ((Stages + 3) * _pools);

    /// <summary>What it takes from the pool it comes out of: free share × ratio of the volumes [flows].</summary>
    public V* Cost => Gain + _flows;

    /// <summary>Step of each lane, s.</summary>
    public V* Dt => Cost + (3 * _flows);

    private V* Stage => Y + (2 * _pools);

    private V* J => Cost + _flows;

    /// <summary>Tries a step; returns the error over the tolerance and the lowest new concentration.</summary>
    /// <param name="absolute">Absolute tolerance, µM.</param>
    /// <param name="relative">Relative tolerance.</param>
    public (V Error, V Lowest) Try(double absolute, double relative)
    {
        Derive(Y, Derivative(0));
        for (int stage = 1; stage < Stages; stage++)
        {
            V* to = stage == Stages - 1 ? Next : Stage;
            for (int p = 0; p < _pools; p++)
            {
                V sum = V.All(0);
                for (int s = 0; s < stage; s++)
                {
                    sum = V.Fma(V.All(_a[stage][s]), Derivative(s)[p], sum);
                }

                to[p] = V.Fma(*Dt, sum, Y[p]);
            }

            Derive(to, Derivative(stage));
        }

        return Estimate(absolute, relative);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _pointers.Dispose();
    }

    private (V Error, V Lowest) Estimate(double absolute, double relative)
    {
        V error = V.All(0), lowest = V.All(0);
        for (int p = 0; p < _pools; p++)
        {
            V sum = V.All(0);
            for (int s = 0; s < Stages; s++)
            {
                sum = V.Fma(V.All(_e[s]), Derivative(s)[p], sum);
            }

            error = Max(error, V.Abs(*Dt * sum) / (absolute + (relative * Y[p])));
            lowest = Min(lowest, Next[p]);
        }

        return (error, lowest);
    }

    private void Derive(V* y, V* derivative)
    {
        byte** pools = (byte**)_pointers.Start;
        for (int p = 0; p < _pools; p++)
        {
            pools[p] = (byte*)(y + p);
            derivative[p] = V.All(0);
        }

        _fluxes.Run(pools, 1, J, J + _flows);
        for (int f = 0; f < _flows; f++)
        {
            var (into, from) = _fluxes.Flows[f];
            derivative[into] = derivative[into] + (Gain[f] * J[f]);
            derivative[from] = derivative[from] - (Cost[f] * J[f]);
        }
    }
}
