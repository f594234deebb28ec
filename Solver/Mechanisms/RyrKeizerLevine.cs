using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Ryanodine receptor after Keizer and Levine:  J = v·P·(s − c),  P = w·(1 + B)/(1 + A + B),  A = (ka/c)⁴,  B = (c/kb)³,
/// dw/dt = rate·(w∞ − w)/w∞,  w∞ = (1 + A + B)/(1 + 1/kc + A + B). All is multiplied by c⁴, so that c = 0 is regular.
/// </summary>
public readonly struct RyrKeizerLevine<V>(V v, V ka, V kb, V kc, V rate) : IMechanism<RyrKeizerLevine<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Store = 1;
    private const int W = 0;

    private readonly V _v = v, _a4 = ka * ka * (ka * ka), _perB3 = 1 / (kb * kb * kb), _rate = rate, _perC = rate / kc;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("ryr.keizer-levine", Source: "Keizer and Levine 1996, Biophys J 71:3477")
    {
        Pools = ["cytosol", "store"],
        Flows = [new(Into: "cytosol", From: "store")],
        Gates = [new("w", "share of receptors not in the slow closed state")],
        Parameters =
        [
            new("v", "1/s", Default: 0.6, Min: 0, Max: 1000, "permeability of all open channels"),
            new("ka", "µM", Default: 0.372, Min: 1e-2, Max: 10, "opening Ca²⁺ binding (fourth power)"),
            new("kb", "µM", Default: 0.636, Min: 1e-2, Max: 10, "second Ca²⁺ binding (third power)"),
            new("kc", "1", Default: 0.057, Min: 1e-3, Max: 10, "open over slow closed state"),
            new("rate", "1/s", Default: 0.1, Min: 0, Max: 100, "return from the slow closed state"),
        ],
    };

    /// <inheritdoc/>
    public static RyrKeizerLevine<V> Load(Rates<V> rates) => new(
        v: rates["v"], ka: rates["ka"], kb: rates["kb"], kc: rates["kc"], rate: rates["rate"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), s = cell.Pool(Store), w = cell.Gate(W);
        V c2 = c * c, c3 = c2 * c, b = _perB3 * c3;
        V up = V.Fma(c3 * c, b, c2 * c2), down = up + _a4; // c⁴(1 + B), c⁴(1 + A + B)
        V r = 1 / down, vr = _v * w * r, open = vr * up;
        V slope = vr * (_a4 * r) * (c3 * (4 + 7 * b));      // dup/dc · a⁴/down²
        V drop = s - c;
        cell.Flow(0, open * drop, byInto: V.Fma(slope, drop, -open), byFrom: open);
        cell.Relax(W, gain: _rate, loss: V.Fma(_perC, c2 * c2 * r, _rate));
    }
}
