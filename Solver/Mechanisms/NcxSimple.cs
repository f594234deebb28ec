using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>Sodium–calcium exchanger as a saturating extruder at fixed voltage and sodium:  J = −v·c / (k + c).</summary>
public readonly struct NcxSimple<V>(V v, V k) : IMechanism<NcxSimple<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0;

    private readonly V _v = v, _k = k;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("ncx.simple", Source: "Blaustein and Lederer 1999, Physiol Rev 79:763 (saturating form); values chosen for the rest cell")
    {
        Pools = ["cytosol", "outside"],
        Flows = [new(Into: "cytosol", From: "outside")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 40, Min: 0, Max: 2000, "maximal rate of extrusion"),
            new("k", "µM", Default: 3, Min: 0.01, Max: 50, "[Ca²⁺] of half-maximal extrusion"),
        ],
    };

    /// <inheritdoc/>
    public static NcxSimple<V> Load(Rates<V> rates) => new(v: rates["vmax"], k: rates["k"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), r = 1 / (_k + c), vr = _v * r;
        cell.Flow(0, -(vr * c), byInto: -(vr * _k * r));
    }
}
