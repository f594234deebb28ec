using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Mitochondrial release that cytosolic calcium promotes, and a leak:  J = (v·c² / (k² + c²) + leak)·m.
/// </summary>
public readonly struct NclxMarhl<V>(V vmax, V k, V leak) : IMechanism<NclxMarhl<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Matrix = 1;

    private readonly V _v = vmax, _k2 = k * k, _leak = leak;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("nclx.marhl", Source: "Marhl, Haberichter, Brumen and Heinrich 2000, BioSystems 57:75")
    {
        Pools = ["cytosol", "matrix"],
        Flows = [new(Into: "cytosol", From: "matrix")],
        Parameters =
        [
            new("vmax", "1/s", Default: 125, Min: 0, Max: 5000, "maximal rate constant of release"),
            new("k", "µM", Default: 5, Min: 0.05, Max: 100, "[Ca²⁺] of half-maximal release"),
            new("leak", "1/s", Default: 0.00625, Min: 0, Max: 10, "rate constant of the leak"),
        ],
    };

    /// <inheritdoc/>
    public static NclxMarhl<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], k: rates["k"], leak: rates["leak"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), m = cell.Pool(Matrix), c2 = c * c, r = 1 / (_k2 + c2), vr = _v * r, open = (vr * c2) + _leak;
        cell.Flow(0, open * m, byInto: 2 * (vr * _k2 * r * c * m), byFrom: open);
    }
}
