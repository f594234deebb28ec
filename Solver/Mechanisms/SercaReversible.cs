using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// SERCA pump that also runs backwards: with a = (c/K_f)ⁿ and b = (s/K_r)ⁿ,  J = −v·(a − b) / (1 + a + b).
/// Zero at s/c = K_r/K_f, whatever n and v.
/// </summary>
public readonly struct SercaReversible<V>(V vmax, V kf, V kr, V n) : IMechanism<SercaReversible<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Store = 1;

    private readonly V _vmax = vmax, _kf = 1 / kf, _kr = 1 / kr, _n = n;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("serca.reversible", Source: "Shannon, Wang, Puglisi, Weber and Bers 2004, Biophys J 87:3351")
    {
        Pools = ["cytosol", "store"],
        Flows = [new(Into: "cytosol", From: "store")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 286, Min: 0, Max: 5000, "maximal rate of uptake"),
            new("kf", "µM", Default: 0.246, Min: 0.01, Max: 5, "[Ca²⁺] of half-maximal uptake from the cytosol"),
            new("kr", "µM", Default: 1700, Min: 50, Max: 10000, "[Ca²⁺] of half-maximal return from the store"),
            new("n", "1", Default: 1.787, Min: 1, Max: 4, "Hill exponent"),
        ],
    };

    /// <inheritdoc/>
    public static SercaReversible<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], kf: rates["kf"], kr: rates["kr"], n: rates["n"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), s = cell.Pool(Store);
        V a = Pow(_kf * c, _n), b = Pow(_kr * s, _n), r = 1 / (1 + (a + b)), vr = _vmax * r, nvr = _n * vr * r;

        // n·a/c: the power has vanished long before c has.
        V byInto = nvr * (1 + (2 * b)) * (a / Max(c, V.All(1e-30))), byFrom = nvr * (1 + (2 * a)) * (b / Max(s, V.All(1e-30)));
        cell.Flow(0, -(vr * (a - b)), byInto: -byInto, byFrom: byFrom);
    }
}
