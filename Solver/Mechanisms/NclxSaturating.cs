using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Mitochondrial sodium–calcium exchanger, saturating:  J = v·m / (k + m).
/// </summary>
public readonly struct NclxSaturating<V>(V vmax, V k) : IMechanism<NclxSaturating<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Matrix = 1;

    private readonly V _v = vmax, _k = k;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("nclx.saturating", Source: "Palty et al. 2010, PNAS 107:436 (NCLX); saturating form, rates chosen")
    {
        Pools = ["cytosol", "matrix"],
        Flows = [new(Into: "cytosol", From: "matrix")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 30, Min: 0, Max: 5000, "maximal rate of release"),
            new("k", "µM", Default: 10, Min: 0.01, Max: 1000, "matrix [Ca²⁺] of half-maximal release"),
        ],
    };

    /// <inheritdoc/>
    public static NclxSaturating<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], k: rates["k"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V m = cell.Pool(Matrix), r = 1 / (_k + m), vr = _v * r;
        cell.Flow(0, vr * m, byInto: V.All(0), byFrom: vr * _k * r);
    }
}
