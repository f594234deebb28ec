using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Allosteric release sensor: five Ca²⁺ bind one after the other (on (5 − j)·k_on·c, off j·k_off·bʲ⁻¹), and a vesicle with j bound
/// fuses at l₊·fʲ. Vesicles fuse while they are primed (0…1, from a pool): at rest they are in equilibrium of binding.
/// </summary>
public readonly struct SensorLou<V>(V on, V off, V b, V basal, V f) : IMechanism<SensorLou<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Released = 0, Cytosol = 1, Primed = 2;
    private const int X1 = 0, X2 = 1, X3 = 2, X4 = 3, X5 = 4;

    private readonly V _on = on, _off = off, _b = b, _r0 = basal, _r1 = basal * f, _r2 = basal * f * f, _r3 = basal * f * f * f,
        _r4 = basal * f * f * f * f, _r5 = basal * f * f * f * f * f;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("sensor.lou", Source: "Lou, Scheuss and Schneggenburger 2005, Nature 435:497")
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
            new("on", "1/(µM s)", Default: 100, Min: 0, Max: 1000, "binding rate of a site"),
            new("off", "1/s", Default: 4000, Min: 1, Max: 100000, "unbinding rate of the first Ca²⁺"),
            new("b", "1", Default: 0.5, Min: 0.01, Max: 1, "cooperativity of unbinding"),
            new("basal", "1/s", Default: 0.0002, Min: 0, Max: 1, "fusion rate without calcium; phorbol ester raises it"),
            new("f", "1", Default: 31.3, Min: 1, Max: 100, "rise of the fusion rate per Ca²⁺"),
        ],
    };

    /// <inheritdoc/>
    public static SensorLou<V> Load(Rates<V> rates) => new(on: rates["on"], off: rates["off"], b: rates["b"], basal: rates["basal"], f: rates["f"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V x1 = cell.Gate(X1), x2 = cell.Gate(X2), x3 = cell.Gate(X3), x4 = cell.Gate(X4), x5 = cell.Gate(X5);
        V x0 = 1 - cell.Pool(Released) - x1 - x2 - x3 - x4 - x5, primed = cell.Pool(Primed), bind = _on * cell.Pool(Cytosol);
        V off2 = 2 * (_off * _b), off3 = 3 * (_off * _b * _b), off4 = 4 * (_off * _b * _b * _b), off5 = 5 * (_off * _b * _b * _b * _b);
        cell.Relax(X1, gain: (5 * bind * x0) + (off2 * x2), loss: (4 * bind) + _off + (primed * _r1));
        cell.Relax(X2, gain: (4 * bind * x1) + (off3 * x3), loss: (3 * bind) + off2 + (primed * _r2));
        cell.Relax(X3, gain: (3 * bind * x2) + (off4 * x4), loss: (2 * bind) + off3 + (primed * _r3));
        cell.Relax(X4, gain: (2 * bind * x3) + (off5 * x5), loss: bind + off4 + (primed * _r4));
        cell.Relax(X5, gain: bind * x4, loss: off5 + (primed * _r5));
        cell.Flow(0, primed * (V.Fma(_r5, x5, V.Fma(_r4, x4, V.Fma(_r3, x3, V.Fma(_r2, x2, V.Fma(_r1, x1, _r0 * x0)))))), byInto: -(primed * _r0));
    }
}
