using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// One step across lanes by Rodas5P (Steinebach 2023, BIT 63:27): linearly implicit, eight stages, order 5 with an estimate of order 4,
/// L-stable. The slopes of the fluxes by every variable are differences (gates and third pools have no others); a
/// dense matrix per lane is factorised without pivots: a step that this spoils has a large error and is tried again, shorter.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class RosenbrockStep<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Stages = 8;
    private const double Absolute = 1e-12, Relative = 1e-9, Gamma = 0.21193756319429014, TimeShift = 1.0 / (1 << 20);
    private static readonly double[] _c = [0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1, 1, 1];
    private static readonly double[] _d = [Gamma, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734, 2.325825639765069, 0, 0, 0];

    private static readonly double[][] _a =
    [
        [],
        [3.0],
        [2.849394379747939, 0.45842242204463923],
        [-6.954028509809101, 2.489845061869568, -10.358996098473584],
        [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
        [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
        [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1],
        [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1, 1],
        [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1, 1, 1],
    ];

    private static readonly double[][] _cc =
    [
        [],
        [-14.155112264123755],
        [-17.97296035885952, -2.859693295451294],
        [147.12150275711716, -1.41221402718213, 71.68940251302358],
        [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
        [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
        [30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623, -28.087943162872662],
        [37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002, -54.66780262877968, -9.48861652309627],
    ];

    private readonly CellRates<V> _rates;
    private readonly AlignedMemory _memory;
    private readonly DenseMatrix<V> _matrix;
    private readonly int[] _active;
    private readonly int _n, _fluxes;
    private readonly bool _isDriven;

    /// <summary>A stepper.</summary>
    /// <param name="rates">The right-hand side.</param>
    /// <param name="active">Variables that move and that something depends on.</param>
    /// <param name="isDriven">True if a protocol drives a pool.</param>
    public RosenbrockStep(CellRates<V> rates, int[] active, bool isDriven)
    {
        (_rates, _n, _fluxes, _active, _isDriven) = (rates, rates.Variables, rates.Fluxes, active, isDriven);
        _matrix = new DenseMatrix<V>(active.Length);
        _memory = new AlignedMemory(((_n * (Stages + 6)) + (_fluxes * (active.Length + 6))) * sizeof(V));
        V* start = (V*)_memory.Start, fluxes = start + ((Stages + 6) * _n);
        Planes = new StepPlanes<V>
        {
            Next = start,
            Before = start + _n,
            After = start + (2 * _n),
            FluxBefore = fluxes,
            FluxAfter = fluxes + _fluxes,
        };
    }

    /// <summary>What the step tried left.</summary>
    public StepPlanes<V> Planes { get; }

    private V* Stage => Planes.Next + (3 * _n);

    private V* Right => Stage + _n;

    private V* Column => Right + _n;

    // Increments of the stages [stages × variables].
    private V* U => Column + _n;

    private V* FluxTime => Planes.FluxAfter + _fluxes;

    private V* FluxStage => FluxTime + _fluxes;

    private V* FluxLinear => FluxStage + _fluxes;

    // ∂flux/∂variable [active × fluxes].
    private V* Slopes => FluxLinear + _fluxes;

    /// <summary>Tries a step.</summary>
    /// <param name="y">State [variables].</param>
    /// <param name="step">Step of each lane, s; any value in a lane that is idle.</param>
    /// <returns>The error over the tolerance.</returns>
    public V Try(V* y, V step)
    {
        V dt = V.Less(V.All(0), step, step, V.All(1e-9)), inverse = 1 / dt;
        _rates.Flux(y, 0, Planes.FluxBefore);
        _rates.Assemble(Planes.FluxBefore, Planes.Before);
        Linearise(y, inverse);
        for (int s = 0; s < Stages; s++)
        {
            V* flux = Planes.FluxBefore;
            if (s > 0)
            {
                Combine(Stage, y, _a[s]);
                _rates.Flux(Stage, _c[s], FluxStage);
                flux = FluxStage;
            }

            Solve(s, flux, dt, inverse);
        }

        Combine(Planes.Next, y, _a[Stages]);
        _rates.Flux(Planes.Next, 1, Planes.FluxAfter);
        _rates.Assemble(Planes.FluxAfter, Planes.After);
        V error = V.All(0);
        for (int i = 0; i < _n; i++)
        {
            error = Max(error, V.Abs(U[((Stages - 1) * _n) + i]) / (Absolute + (Relative * V.Abs(y[i]))));
        }

        return error;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _matrix.Dispose();
    }

    // to = y + Σ weight·U; pools that nothing moves keep their value.
    private void Combine(V* to, V* y, double[] weights)
    {
        for (int i = 0; i < _n; i++)
        {
            V sum = y[i];
            for (int k = 0; k < weights.Length; k++)
            {
                sum = V.Fma(V.All(weights[k]), U[(k * _n) + i], sum);
            }

            to[i] = sum;
        }
    }

    private void Linearise(V* y, V inverse)
    {
        for (int i = 0; i < _n; i++)
        {
            Stage[i] = y[i];
        }

        if (_isDriven)
        {
            _rates.Flux(Stage, TimeShift, FluxStage);
            for (int f = 0; f < _fluxes; f++)
            {
                FluxTime[f] = (1 / TimeShift) * ((FluxStage[f] - Planes.FluxBefore[f]) * inverse);
            }
        }

        for (int k = 0; k < _active.Length; k++)
        {
            int variable = _active[k];
            V at = y[variable], moved = at + (1.5e-8 * Max(V.Abs(at), V.All(1e-3))), shift = 1 / (moved - at);
            Stage[variable] = moved;
            _rates.Flux(Stage, 0, FluxStage);
            Stage[variable] = at;
            V* slopes = Slopes + (k * _fluxes);
            for (int f = 0; f < _fluxes; f++)
            {
                slopes[f] = (FluxStage[f] - Planes.FluxBefore[f]) * shift;
            }

            _rates.Assemble(slopes, Column);
            for (int i = 0; i < _active.Length; i++)
            {
                _matrix[i, k] = (i == k ? (1 / Gamma) * inverse : V.All(0)) - Column[_active[i]];
            }
        }

        _matrix.Factorise();
    }

    // (1/(γ·dt) − J)·u = F + Σ (c/dt)·u + d·dt·∂F/∂t, then once more through the fluxes, so that sums that F conserves
    // are conserved to rounding whatever the solution of the linear system.
    private void Solve(int s, V* flux, V dt, V inverse)
    {
        V* u = U + (s * _n);
        for (int f = 0; f < _fluxes; f++)
        {
            FluxLinear[f] = _isDriven && _d[s] != 0 ? V.Fma(_d[s] * dt, FluxTime[f], flux[f]) : flux[f];
        }

        _rates.Assemble(FluxLinear, Right);
        for (int i = 0; i < _n; i++)
        {
            V sum = V.All(0);
            for (int k = 0; k < s; k++)
            {
                sum = V.Fma(V.All(_cc[s][k]), U[(k * _n) + i], sum);
            }

            u[i] = sum * inverse;
        }

        for (int i = 0; i < _active.Length; i++)
        {
            Column[i] = Right[_active[i]] + u[_active[i]];
        }

        _matrix.Solve(Column);
        for (int k = 0; k < _active.Length; k++)
        {
            V* slopes = Slopes + (k * _fluxes);
            for (int f = 0; f < _fluxes; f++)
            {
                FluxLinear[f] = V.Fma(slopes[f], Column[k], FluxLinear[f]);
            }
        }

        _rates.Assemble(FluxLinear, Right);
        for (int i = 0; i < _n; i++)
        {
            u[i] = (Gamma * dt) * (Right[i] + u[i]);
        }
    }
}
