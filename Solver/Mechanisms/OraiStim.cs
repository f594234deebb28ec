using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Store-operated entry: STIM1 senses the store, ORAI1 lets calcium in.  J = g·s·(c_o − c)/c_ref,  ds/dt = (s∞ − s)/τ,
/// s∞ = Kⁿ/(Kⁿ + stored ⁿ). A blinded STIM1 senses the store at rest for ever. ORAI1 inactivates by the calcium that it lets in, a
/// few nm away (local·(c_o − c)/c_ref), to K_i/(K_i + local), half of it with 10 and half with 100 ms; the share of it is 0 by default.
/// </summary>
public readonly struct OraiStim<V>(V gmax, V reference, V k, V n, V tau, V blinded, V rest, V inactivation, V local, V ki) : IMechanism<OraiStim<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int S = 0, Fast = 1, Slow = 2;  // as in Gates
    private const int Cytosol = 0, Outside = 1, Store = 2;

    private readonly V _g = gmax / reference, _perReference = local / reference, _k = 1 / k, _n = n, _rate = 1 / tau, _seeing = 1 - blinded, _blind = blinded * rest, _inactivation = inactivation, _ki = ki;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("soce.stim-orai", Source: "Luik et al. 2008, Nature 454:538 and Brandman et al. 2007, Cell 131:1327 (STIM1); Yen and Lewis 2018, J Gen Physiol 150:1373 (ORAI1); inactivation: Zweifach and Lewis 1995, J Gen Physiol 105:209")
    {
        Pools = ["cytosol", "outside", "store"],
        Flows = [new(Into: "cytosol", From: "outside")],
        Gates = [new("s", "share of STIM1 that is active"), new("fast", "share of ORAI1 not inactivated, fast part"), new("slow", "share of ORAI1 not inactivated, slow part")],
        Parameters =
        [
            new("gmax", "µM/s", Default: 20, Min: 0, Max: 500, "entry with all STIM1 active, at the reference outside calcium"),
            new("reference", "µM", Default: 2000, Min: 100, Max: 20000, "outside calcium that gmax is given for"),
            new("k", "µM", Default: 200, Min: 10, Max: 1000, "stored calcium at which half of STIM1 is active"),
            new("n", "1", Default: 4, Min: 1, Max: 8, "Hill exponent of STIM1"),
            new("tau", "s", Default: 25, Min: 0.1, Max: 200, "time constant of STIM1"),
            new("blinded", "1", Default: 0, Min: 0, Max: 1, "1: STIM1 does not sense depletion; 0: it does"),
            new("rest", "µM", Default: 500, Min: 0.001, Max: 5000, "what a blinded STIM1 senses"),
            new("inactivation", "1", Default: 0, Min: 0, Max: 1, "share of ORAI1 that local calcium can inactivate"),
            new("local", "µM", Default: 50, Min: 0, Max: 1000, "calcium at the sensor of an open ORAI1"),
            new("ki", "µM", Default: 25, Min: 0.1, Max: 1000, "local calcium of half-inactivation"),
        ],
    };

    /// <inheritdoc/>
    public static OraiStim<V> Load(Rates<V> rates) => new(
        gmax: rates["gmax"], reference: rates["reference"], k: rates["k"], n: rates["n"], tau: rates["tau"], blinded: rates["blinded"], rest: rates["rest"], inactivation: rates["inactivation"], local: rates["local"], ki: rates["ki"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), o = cell.Pool(Outside), drive = o - c;
        V g = _g * cell.Gate(S) * (1 - (_inactivation * (1 - (0.5 * (cell.Gate(Fast) + cell.Gate(Slow))))));
        cell.Flow(0, g * drive, byInto: -g, byFrom: g);
        V sensed = _blind + (_seeing * cell.Pool(Store));
        cell.Relax(S, gain: _rate / (1 + Pow(_k * sensed, _n)), loss: _rate);
        V free = _ki / (_ki + Max(_perReference * drive, V.All(0)));
        cell.Relax(Fast, gain: 100 * free, loss: V.All(100));
        cell.Relax(Slow, gain: 10 * free, loss: V.All(10));
    }
}
