using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// One step across lanes by the explicit pair of Dormand and Prince 1980 (J Comput Appl Math 6:19), order 5 with an estimate
/// of order 4, and a measure of stiffness (Hairer and Wanner 1996, Solving ODEs II, IV.2).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class ExplicitStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Stages = 7;
    private const double Absolute = 1e-13, Relative = 1e-11;
    private static readonly double[] _c = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

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

    private readonly CellRates<V> _rates;
    private readonly AlignedMemory _memory;
    private readonly int _n, _fluxes;

    /// <summary>A stepper.</summary>
    public ExplicitStep(CellRates<V> rates)
    {
        (_rates, _n, _fluxes) = (rates, rates.Variables, rates.Fluxes);
        _memory = new AlignedMemory(((_n * (Stages + 2)) + (2 * _fluxes)) * sizeof(V));
        V* start = (V*)_memory.Start;
        Planes = new StepPlanes<V>
        {
            Next = start,
            Before = start + (2 * _n),
            After = start + ((2 + Stages - 1) * _n),
            FluxBefore = start + ((2 + Stages) * _n),
            FluxAfter = start + ((2 + Stages) * _n) + _fluxes,
        };
    }

    /// <summary>What the step tried left.</summary>
    public StepPlanes<V> Planes { get; }

    /// <summary>Tries a step.</summary>
    /// <param name="y">State [variables].</param>
    /// <param name="dt">Step of each lane, s.</param>
    /// <returns>The error over the tolerance, and how far the step is beyond the method's stability (above 1: unstable).</returns>
    public (V Error, V Stiffness) Try(V* y, V dt)
    {
        V* stage = Planes.Next + _n;
        _rates.Flux(y, 0, Planes.FluxBefore);
        _rates.Assemble(Planes.FluxBefore, Planes.Before);
        for (int s = 1; s < Stages; s++)
        {
            V* to = s == Stages - 1 ? Planes.Next : stage;
            double[] a = _a[s];
            for (int i = 0; i < _n; i++)
            {
                V sum = V.All(0);
                for (int k = 0; k < s; k++)
                {
                    sum = V.Fma(V.All(a[k]), Planes.Before[(k * _n) + i], sum);
                }

                to[i] = V.Fma(dt, sum, y[i]);
            }

            _rates.Flux(to, _c[s], Planes.FluxAfter);
            _rates.Assemble(Planes.FluxAfter, Planes.Before + (s * _n));
        }

        return Estimate(y, dt, stage);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private (V Error, V Stiffness) Estimate(V* y, V dt, V* stage)
    {
        V error = V.All(0), slopes = V.All(0), states = V.All(0);
        for (int i = 0; i < _n; i++)
        {
            V sum = V.All(0);
            for (int s = 0; s < Stages; s++)
            {
                sum = V.Fma(V.All(_e[s]), Planes.Before[(s * _n) + i], sum);
            }

            V scale = Absolute + (Relative * V.Abs(y[i]));
            error = Max(error, V.Abs(dt * sum) / scale);
            V slope = (Planes.After[i] - Planes.Before[((Stages - 2) * _n) + i]) / scale, state = (Planes.Next[i] - stage[i]) / scale;
            (slopes, states) = (slopes + (slope * slope), states + (state * state));
        }

        // The boundary of stability on the real axis is 3.3.
        return (error, (1 / 3.25) * dt * V.Sqrt(slopes / (1e-300 + states)));
    }
}
