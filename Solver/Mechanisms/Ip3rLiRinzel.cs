using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// IP3 receptor after Li and Rinzel:  J = v·(m·h)³·(s − c),  m = i/(i + d1) · c/(c + d5),
/// dh/dt = a2·(q − (q + c)·h),  q = d2·(i + d1)/(i + d3).
/// </summary>
public readonly struct Ip3rLiRinzel<V>(V v, V d1, V d2, V d3, V d5, V a2) : IMechanism<Ip3rLiRinzel<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Store = 1, Ip3 = 2;
    private const int H = 0;

    private readonly V _v = v, _d1 = d1, _d3 = d3, _d5 = d5, _a2 = a2, _a2d2 = a2 * d2;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("ip3r.li-rinzel", Source: "Li and Rinzel 1994, J Theor Biol 166:461")
    {
        Pools = ["cytosol", "store", "ip3"],
        Flows = [new(Into: "cytosol", From: "store")],
        Gates = [new("h", "share of receptors not inactivated by Ca²⁺")],
        Parameters =
        [
            new("v", "1/s", Default: 14.8, Min: 0, Max: 1000, "permeability of all open channels"),
            new("d1", "µM", Default: 0.13, Min: 1e-3, Max: 10, "IP3 binding, not inactivated"),
            new("d2", "µM", Default: 1.049, Min: 1e-3, Max: 10, "inactivating Ca²⁺ binding"),
            new("d3", "µM", Default: 0.9434, Min: 1e-3, Max: 10, "IP3 binding, inactivated"),
            new("d5", "µM", Default: 0.08234, Min: 1e-3, Max: 10, "activating Ca²⁺ binding"),
            new("a2", "1/(µM s)", Default: 0.2, Min: 0, Max: 10, "inactivating Ca²⁺ binding rate"),
        ],
    };

    /// <inheritdoc/>
    public static Ip3rLiRinzel<V> Load(Rates<V> rates) => new(
        v: rates["v"], d1: rates["d1"], d2: rates["d2"], d3: rates["d3"], d5: rates["d5"], a2: rates["a2"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), s = cell.Pool(Store), i = cell.Pool(Ip3), h = cell.Gate(H);
        V i1 = i + _d1, i3 = i + _d3, c5 = c + _d5, i1c5 = i1 * c5;
        V r = 1 / (i1c5 * i3), r3 = r * i3;             // one division for 1/(i1·c5) and 1/i3
        V share = i * h * r3, x = share * c;            // x = m·h
        V vx2 = _v * (x * x), open = vx2 * x, drop = s - c;
        V slope = 3 * (vx2 * share * (_d5 * (i1 * r3))); // ∂open/∂c
        cell.Flow(0, open * drop, byInto: V.Fma(slope, drop, -open), byFrom: open);
        V gain = _a2d2 * (i1 * (i1c5 * r));
        cell.Relax(H, gain, loss: V.Fma(_a2, c, gain));
    }
}
