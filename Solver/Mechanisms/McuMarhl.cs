using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Mitochondrial uniporter, steep:  J = −v·c⁸ / (k⁸ + c⁸).
/// </summary>
public readonly struct McuMarhl<V>(V vmax, V k) : IMechanism<McuMarhl<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0;

    private readonly V _v = vmax, _k = 1 / k;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("mcu.marhl", Source: "Marhl, Haberichter, Brumen and Heinrich 2000, BioSystems 57:75")
    {
        Pools = ["cytosol", "matrix"],
        Flows = [new(Into: "cytosol", From: "matrix")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 300, Min: 0, Max: 5000, "maximal rate of uptake"),
            new("k", "µM", Default: 0.8, Min: 0.05, Max: 50, "[Ca²⁺] of half-maximal uptake"),
        ],
    };

    /// <inheritdoc/>
    public static McuMarhl<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], k: rates["k"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V x = _k * cell.Pool(Cytosol), x2 = x * x, x4 = x2 * x2, r = 1 / (1 + (x4 * x4)), share = x4 * x2 * x * r;
        cell.Flow(0, -(_v * share * x), byInto: -8 * (_v * _k * share * r), byFrom: V.All(0));
    }
}
