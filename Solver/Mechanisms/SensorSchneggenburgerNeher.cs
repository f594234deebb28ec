using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Release sensor: five Ca²⁺ bind one after the other (on (5 − j)·k_on·c, off j·k_off·bʲ⁻¹), and only vesicles with five bound fuse, at γ.
/// Vesicles fuse while they are primed (0…1, from a pool): at rest they are in equilibrium of binding.
/// </summary>
public readonly struct SensorSchneggenburgerNeher<V>(V on, V off, V b, V gamma) : IMechanism<SensorSchneggenburgerNeher<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Released = 0, Cytosol = 1, Primed = 2;
    private const int X1 = 0, X2 = 1, X3 = 2, X4 = 3, X5 = 4;

    private readonly V _on = on, _off = off, _b = b, _gamma = gamma;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("sensor.schneggenburger-neher", Source: "Schneggenburger and Neher 2000, Nature 406:889")
    {
        Pools = ["released", "cytosol", "primed"],
        Flows = [new(Into: "released", From: null)],
        Gates =
        [
            new("x1", "vesicles with 1 Ca²⁺ bound"), new("x2", "vesicles with 2 Ca²⁺ bound"), new("x3", "vesicles with 3 Ca²⁺ bound"),
            new("x4", "vesicles with 4 Ca²⁺ bound"), new("x5", "vesicles with 5 Ca²⁺ bound"),
        ],
        Parameters =
        [
            new("on", "1/(µM s)", Default: 90, Min: 0, Max: 1000, "binding rate of a site"),
            new("off", "1/s", Default: 9500, Min: 1, Max: 100000, "unbinding rate of the first Ca²⁺"),
            new("b", "1", Default: 0.25, Min: 0.01, Max: 1, "cooperativity of unbinding"),
            new("gamma", "1/s", Default: 6000, Min: 0, Max: 100000, "fusion rate with five Ca²⁺ bound"),
        ],
    };

    /// <inheritdoc/>
    public static SensorSchneggenburgerNeher<V> Load(Rates<V> rates) => new(on: rates["on"], off: rates["off"], b: rates["b"], gamma: rates["gamma"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V x1 = cell.Gate(X1), x2 = cell.Gate(X2), x3 = cell.Gate(X3), x4 = cell.Gate(X4), x5 = cell.Gate(X5);
        V x0 = 1 - cell.Pool(Released) - x1 - x2 - x3 - x4 - x5, primed = cell.Pool(Primed), bind = _on * cell.Pool(Cytosol);
        V off2 = 2 * (_off * _b), off3 = 3 * (_off * _b * _b), off4 = 4 * (_off * _b * _b * _b), off5 = 5 * (_off * _b * _b * _b * _b);
        cell.Relax(X1, gain: (5 * bind * x0) + (off2 * x2), loss: (4 * bind) + _off);
        cell.Relax(X2, gain: (4 * bind * x1) + (off3 * x3), loss: (3 * bind) + off2);
        cell.Relax(X3, gain: (3 * bind * x2) + (off4 * x4), loss: (2 * bind) + off3);
        cell.Relax(X4, gain: (2 * bind * x3) + (off5 * x5), loss: bind + off4);
        cell.Relax(X5, gain: bind * x4, loss: off5 + (primed * _gamma));
        cell.Flow(0, primed * (_gamma * x5), byInto: V.All(0));
    }
}
