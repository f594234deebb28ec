using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>SERCA pump, Hill form with exponent 2:  J = −v·c² / (k² + c²).</summary>
public readonly struct SercaHill<V>(V v, V k) : IMechanism<SercaHill<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0;

    private readonly V _v = v, _k2 = k * k;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("serca.hill", Source: "Lytton et al. 1992, JBC 267:14483 (exponent 2)")
    {
        Pools = ["cytosol", "store"],
        Flows = [new(Into: "cytosol", From: "store")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 100, Min: 0, Max: 5000, "maximal rate of uptake"),
            new("k", "µM", Default: 0.25, Min: 1e-3, Max: 5, "[Ca²⁺] of half-maximal uptake"),
        ],
    };

    /// <inheritdoc/>
    public static SercaHill<V> Load(Rates<V> rates) => new(v: rates["vmax"], k: rates["k"]);

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
