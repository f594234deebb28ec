using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Mitochondrial uniporter, minimal form:  J = −v·x² / (k² + x²), x = c + p·drive the calcium that mitochondria see: next to the sites
/// of entry (p > 0) more than the cytosol holds.
/// </summary>
public readonly struct McuHill<V>(V vmax, V k, V proximity) : IMechanism<McuHill<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Drive = 2;

    private readonly V _v = vmax, _k2 = k * k, _p = proximity;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("mcu.hill", Source: "minimal form; half-activation at micromolar calcium: Kirichok, Krapivinsky and Clapham 2004, Nature 427:360; rates chosen")
    {
        Pools = ["cytosol", "matrix", "drive"],
        Flows = [new(Into: "cytosol", From: "matrix")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 300, Min: 0, Max: 5000, "maximal rate of uptake"),
            new("k", "µM", Default: 3, Min: 0.05, Max: 50, "[Ca²⁺] of half-maximal uptake"),
            new("proximity", "s", Default: 0, Min: 0, Max: 1, "local calcium over entry: the microdomain between sites and mitochondria"),
        ],
    };

    /// <inheritdoc/>
    public static McuHill<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], k: rates["k"], proximity: rates["proximity"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V x = cell.Pool(Cytosol) + (_p * cell.Pool(Drive)), x2 = x * x;
        V r = 1 / (_k2 + x2), vr = _v * r;
        cell.Flow(0, -(vr * x2), byInto: -2 * (vr * _k2 * r * x), byFrom: V.All(0));
    }
}
