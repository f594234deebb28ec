using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Sodium–calcium exchanger, driven by voltage and sodium, in both directions: with u = VF/RT,
/// J = v·[e^(ηu)·Na_i³·c_o − e^((η−1)u)·Na_o³·c] / [(K_Na³ + Na_o³)(K_Ca + c_o)(1 + k_sat·e^((η−1)u))].
/// Zero at c = c_o·(Na_i/Na_o)³·e^u.
/// </summary>
public readonly struct NcxLuoRudy<V>(V vmax, V sodiumIn, V sodiumOut, V kSodium, V kCalcium, V saturation, V eta, V temperature) : IMechanism<NcxLuoRudy<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Outside = 1, Voltage = 2;

    private readonly V _vmax = vmax, _inward = sodiumIn * sodiumIn * sodiumIn, _outward = sodiumOut * sodiumOut * sodiumOut, _sodium = (kSodium * kSodium * kSodium) + (sodiumOut * sodiumOut * sodiumOut), _k = kCalcium, _saturation = saturation, _eta = eta, _perMillivolt = 96.48533212 / (8.314462618 * temperature);

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("ncx.luo-rudy", Source: "Luo and Rudy 1994, Circ Res 74:1071; constants as in Shiferaw et al. 2003, Biophys J 85:3666")
    {
        Pools = ["cytosol", "outside", "voltage"],
        Flows = [new(Into: "cytosol", From: "outside")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 20000, Min: 0, Max: 1000000, "rate of exchange at saturation"),
            new("sodium.in", "mM", Default: 10, Min: 1, Max: 100, "sodium of the cytosol"),
            new("sodium.out", "mM", Default: 140, Min: 10, Max: 500, "sodium outside"),
            new("k.sodium", "mM", Default: 87.5, Min: 1, Max: 500, "[Na⁺] of half-saturation outside"),
            new("k.calcium", "µM", Default: 1380, Min: 10, Max: 20000, "[Ca²⁺] of half-saturation outside"),
            new("saturation", "1", Default: 0.1, Min: 0, Max: 1, "saturation at negative voltage"),
            new("eta", "1", Default: 0.35, Min: 0, Max: 1, "place of the barrier in the membrane"),
            new("temperature", "K", Default: 310.15, Min: 273, Max: 320, "temperature"),
        ],
    };

    /// <inheritdoc/>
    public static NcxLuoRudy<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], sodiumIn: rates["sodium.in"], sodiumOut: rates["sodium.out"], kSodium: rates["k.sodium"], kCalcium: rates["k.calcium"], saturation: rates["saturation"], eta: rates["eta"], temperature: rates["temperature"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), o = cell.Pool(Outside), u = _perMillivolt * cell.Pool(Voltage);
        V back = Exp((-1 + _eta) * u), forth = back * Exp(u);
        V all = _vmax / (_sodium * (_k + o) * (1 + (_saturation * back)));
        V leaving = all * back * _outward, entering = all * forth * _inward;
        V j = (entering * o) - (leaving * c);
        cell.Flow(0, j, byInto: -leaving, byFrom: entering - (j / (_k + o)));
    }
}
