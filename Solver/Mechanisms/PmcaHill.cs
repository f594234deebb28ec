using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>Plasma-membrane calcium pump, Hill form with exponent 2:  J = −v·c² / (k² + c²).</summary>
public readonly struct PmcaHill<V>(V v, V k) : IMechanism<PmcaHill<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0;

    private readonly V _v = v, _k2 = k * k;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("pmca.hill", Source: "Brini and Carafoli 2009, Physiol Rev 89:1341 (form); rate and affinity chosen for the rest cell")
    {
        Pools = ["cytosol", "outside"],
        Flows = [new(Into: "cytosol", From: "outside")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 20, Min: 0, Max: 1000, "maximal rate of extrusion"),
            new("k", "µM", Default: 0.2, Min: 1e-3, Max: 5, "[Ca²⁺] of half-maximal extrusion"),
        ],
    };

    /// <inheritdoc/>
    public static PmcaHill<V> Load(Rates<V> rates) => new(v: rates["vmax"], k: rates["k"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), c2 = c * c;
        V r = 1 / (_k2 + c2), vr = _v * r;
        cell.Flow(0, -(vr * c2), byInto: -2 * (vr * _k2 * r * c));
    }
}
