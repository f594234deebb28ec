using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Fast-spiking membrane of the Hodgkin–Huxley type: C·dV/dt = I − g_Na·m∞³·h·(V − E_Na) − g_K·n⁴·(V − E_K) − g_L·(V − E_L), with I the
/// injected current. Its action potential is about half a millisecond wide at half height.
/// </summary>
public readonly struct MembraneWangBuzsaki<V>(V sodium, V potassium, V leak, V capacitance, V speed) : IMechanism<MembraneWangBuzsaki<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Voltage = 0, Current = 1;
    private const int H = 0, N = 1;

    // Wang and Buzsáki 1996, mV.
    private const double SodiumReversal = 55, PotassiumReversal = -90, LeakReversal = -65;

    private readonly V _sodium = 1000 * (sodium / capacitance), _potassium = 1000 * (potassium / capacitance);
    private readonly V _leak = 1000 * (leak / capacitance), _current = 1000 / capacitance, _speed = 1000 * speed;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("membrane.wang-buzsaki", Source: "Wang and Buzsáki 1996, J Neurosci 16:6402")
    {
        Pools = ["voltage", "current"],
        Flows = [new(Into: "voltage", From: null)],
        Gates = [new("h", "share of Na⁺ channels not inactivated"), new("n", "share of K⁺ gates open")],
        Parameters =
        [
            new("sodium", "mS/cm²", Default: 35, Min: 0, Max: 500, "conductance of all Na⁺ channels; 0 is tetrodotoxin"),
            new("potassium", "mS/cm²", Default: 9, Min: 0, Max: 500, "conductance of all K⁺ channels"),
            new("leak", "mS/cm²", Default: 0.1, Min: 1e-3, Max: 10, "conductance of the leak"),
            new("capacitance", "µF/cm²", Default: 1, Min: 0.1, Max: 10, "capacitance"),
            new("speed", "1", Default: 5, Min: 0.1, Max: 20, "temperature factor of the gates"),
        ],
        HasSlopes = false,
        StandsAlone = true,
    };

    /// <inheritdoc/>
    public static MembraneWangBuzsaki<V> Load(Rates<V> rates) => new(
        sodium: rates["sodium"], potassium: rates["potassium"], leak: rates["leak"], capacitance: rates["capacitance"], speed: rates["speed"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V v = cell.Pool(Voltage), am = Rise(0.1 * (35 + v)), bm = 4 * Exp((-1.0 / 18) * (60 + v)), m = am / (am + bm), h = cell.Gate(H), n = cell.Gate(N);
        V ah = 0.07 * Exp(-0.05 * (58 + v)), bh = 1 / (1 + Exp(-0.1 * (28 + v)));
        V an = 0.1 * Rise(0.1 * (34 + v)), bn = 0.125 * Exp((-1.0 / 80) * (44 + v)), n2 = n * n;
        cell.Relax(H, gain: _speed * ah, loss: _speed * (ah + bh));
        cell.Relax(N, gain: _speed * an, loss: _speed * (an + bn));
        V inward = _sodium * (m * m * m * h) * (SodiumReversal - v), outward = _potassium * (n2 * n2) * (PotassiumReversal - v);
        cell.Flow(0, (_current * cell.Pool(Current)) + inward + outward + (_leak * (LeakReversal - v)), byInto: V.All(0));
    }

    // x / (1 − e⁻ˣ), which is 1 + x/2 + x²/12 near 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rise(V x) => V.Less(V.Abs(x), V.All(1e-3), 1 + (x * (0.5 + ((1.0 / 12) * x))), x / (1 - Exp(-x)));
}
