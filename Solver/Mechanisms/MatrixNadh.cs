using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Dehydrogenases activated by matrix calcium fill the NADH pool, the respiratory chain empties it; n is the reduced share:
/// dn/dt = v·(basal + m²/(k² + m²))·(1 − n) − w·n.
/// </summary>
public readonly struct MatrixNadh<V>(V vmax, V basal, V k, V oxidation) : IMechanism<MatrixNadh<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Nadh = 0, Matrix = 1;

    private readonly V _v = vmax, _basal = basal, _k2 = k * k, _w = oxidation;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("nadh.matrix", Source: "Denton 2009, Biochim Biophys Acta 1787:1309 (activation by calcium); minimal form, rates chosen")
    {
        Pools = ["nadh", "matrix"],
        Flows = [new(Into: "nadh", From: null)],
        Parameters =
        [
            new("vmax", "1/s", Default: 0.15, Min: 0, Max: 10, "reduction with the dehydrogenases active"),
            new("basal", "1", Default: 0.3, Min: 0, Max: 10, "activity without calcium"),
            new("k", "µM", Default: 1, Min: 0.01, Max: 50, "matrix [Ca²⁺] of half-activation"),
            new("oxidation", "1/s", Default: 0.1, Min: 0.001, Max: 10, "oxidation by the respiratory chain"),
        ],
    };

    /// <inheritdoc/>
    public static MatrixNadh<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], basal: rates["basal"], k: rates["k"], oxidation: rates["oxidation"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V n = cell.Pool(Nadh), m = cell.Pool(Matrix), m2 = m * m, rate = _v * (_basal + (m2 / (_k2 + m2)));
        cell.Flow(0, (rate * (1 - n)) - (_w * n), byInto: -(rate + _w));
    }
}
