using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// The cardiac release units of Hinch et al. 2004, reduced to four states: an L-type channel and a cluster of ryanodine receptors
/// share a cleft, whose calcium is c(l, r) = (c + l·w_L·c_o·e⁻ᵘ + r·w_R·s)/(1 + l·w_L + r·w_R) with u = 2VF/RT; opening is quasi-steady,
/// z1…z4 are the shares of units with neither, the receptors (z2), the channel (z3) or both (z4 = 1 − z1 − z2 − z3) inactivated.
/// </summary>
public readonly struct DyadHinch<V>(
    V ltypeFlux, V ryrFlux, V ltypeGain, V ryrGain, V ltypeBlock, V ryrBlock, V pkaLtype, V pkaRyr, V ryrK, V units, V volume, V temperature)
    : IMechanism<DyadHinch<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Outside = 1, Sr = 2, Voltage = 3;
    private const int Z1 = 0, Z2 = 1, Z3 = 2;

    // Hinch et al. 2004, table 1; per second. PKA at 1 raises a flux by half.
    private const double HalfVoltage = -2, Slope = 7, ClosingL = 2.35 / 1e-3, OpeningL = 1 / 1e-3, TauL = 0.65, KL = 0.22, A = 0.0625, B = 14;
    private const double OpeningR = 1 / 1.17e-3, ClosingR = 0.05 / 1.17e-3, TauR = 2.43e-3, Theta = 0.012, C0 = 0.01, D = 100, PkaRise = 0.5;

    // g_D, µm³/s.
    private const double Cleft = 65;

    private readonly V _l = 1000 * (ltypeFlux * ltypeGain * (1 - ltypeBlock) * (1 + (PkaRise * pkaLtype)));
    private readonly V _r = 1000 * (ryrFlux * ryrGain * (1 - ryrBlock) * (1 + (PkaRise * pkaRyr)));
    private readonly V _k2 = ryrK * ryrK, _perVolume = units / volume, _perMillivolt = 2 * 96.48533212 / (8.314462618 * temperature);

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("dyad.hinch", Source: "Hinch, Greenstein, Tanskanen, Xu and Winslow 2004, Biophys J 87:3723")
    {
        Pools = ["cytosol", "outside", "sr", "voltage"],
        Flows = [new(Into: "cytosol", From: "outside"), new(Into: "cytosol", From: "sr")],
        Gates =
        [
            new("z1", "units with nothing inactivated"), new("z2", "units with the receptors inactivated"),
            new("z3", "units with the L-type channel inactivated"),
        ],
        Parameters =
        [
            new("ltype.flux", "µm³/ms", Default: 9.13e-4, Min: 0, Max: 0.02, "permeability of an L-type channel"),
            new("ryr.flux", "µm³/ms", Default: 0.02, Min: 0, Max: 0.5, "permeability of the receptors of a unit"),
            new("ltype.gain", "1", Default: 1, Min: 0, Max: 10, "multiplies ltype.flux"),
            new("ryr.gain", "1", Default: 1, Min: 0, Max: 10, "multiplies ryr.flux"),
            new("ltype.block", "1", Default: 0, Min: 0, Max: 1, "share of the L-type flux blocked: 0 none, 1 all"),
            new("ryr.block", "1", Default: 0, Min: 0, Max: 1, "share of the receptors' flux blocked: 0 none, 1 all"),
            new("pka.ltype", "1", Default: 0, Min: 0, Max: 1, "phosphorylation of L-type channels: at 1 their flux is half as large again"),
            new("pka.ryr", "1", Default: 0, Min: 0, Max: 1, "phosphorylation of the receptors: at 1 their flux is half as large again"),
            new("ryr.k", "µM", Default: 41, Min: 1, Max: 500, "cleft calcium of half-maximal opening of the receptors"),
            new("units", "1", Default: 50000, Min: 1, Max: 1000000, "release units of the cell"),
            new("volume", "µm³", Default: 25840, Min: 100, Max: 1000000, "volume of the cytosol"),
            new("temperature", "K", Default: 310.15, Min: 273, Max: 320, "temperature"),
        ],
        HasSlopes = false,
        StandsAlone = true,
    };

    /// <inheritdoc/>
    public static DyadHinch<V> Load(Rates<V> rates) => new(
        ltypeFlux: rates["ltype.flux"], ryrFlux: rates["ryr.flux"], ltypeGain: rates["ltype.gain"], ryrGain: rates["ryr.gain"],
        ltypeBlock: rates["ltype.block"], ryrBlock: rates["ryr.block"], pkaLtype: rates["pka.ltype"], pkaRyr: rates["pka.ryr"],
        ryrK: rates["ryr.k"], units: rates["units"], volume: rates["volume"], temperature: rates["temperature"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V v = cell.Pool(Voltage), u = _perMillivolt * v, e = Exp(-u), s = cell.Pool(Sr);
        V drive = V.Less(V.Abs(u), V.All(1e-4), 1 + (u * (0.5 + ((1.0 / 12) * u))), u / (1 - e)), source = e * cell.Pool(Outside);

        // Cleft calcium with neither, the channel, the receptors and both open.
        V permeability = _l * drive, wl = (1 / Cleft) * permeability, wr = (1 / Cleft) * _r, l = wl * source, r = wr * s;
        V cc = cell.Pool(Cytosol), oc = (cc + l) / (1 + wl), co = (cc + r) / (1 + wr), oo = (cc + l + r) / (1 + wl + wr);

        V x = Exp((1 / Slope) * ((-HalfVoltage) + v)), opening = OpeningL * x / (1 + x);
        V bind = (A + x) / (TauL * KL * (1 + x)), unbind = (B / TauL) * (A + x) / (A + (B * x));
        V cc2 = cc * cc, oc2 = oc * oc, shift = C0 * _k2, rcc = 1 / (cc2 + _k2), roc = 1 / (oc2 + _k2);
        V bcc = OpeningR * (cc2 * rcc), boc = OpeningR * (oc2 * roc), scc = cc2 + shift, soc = oc2 + shift;

        V both = opening + V.All(ClosingL), any = both + V.All(ClosingR);
        V yoc = ClosingR * opening * (any + bcc), yoo = opening * ((boc * (opening + V.All(ClosingR) + bcc)) + (ClosingL * bcc));
        V yco = ClosingL * ((bcc * (V.All(ClosingL) + V.All(ClosingR) + boc)) + (boc * opening)), ycc = ClosingL * ClosingR * (any + boc);
        V all = 1 / (yoc + yco + yoo + ycc), perBoth = 1 / both, open = opening * perBoth, share = bcc / (V.All(ClosingR) + bcc);

        V m4 = (Theta * D / TauR) * scc / (shift + (D * cc2)), mcc = (1 / TauR) * (scc * rcc);
        V r1 = all * ((yoc * ((1 / TauR) * (soc * roc))) + (ycc * mcc)), r5 = all * bind * ((yco * co) + (ycc * cc));
        V r2 = (open * ((Theta * D / TauR) * soc / (shift + (D * oc2)))) + (ClosingL * perBoth * m4);
        V r3 = mcc * (1 - share), r7 = bind * cc * (ClosingL * perBoth);
        V z1 = cell.Gate(Z1), z2 = cell.Gate(Z2), z3 = cell.Gate(Z3), z4 = 1 - z1 - z2 - z3;
        cell.Relax(Z1, gain: (r2 * z2) + (unbind * z3), loss: r1 + r5);
        cell.Relax(Z2, gain: (r1 * z1) + (unbind * z4), loss: r2 + r7);
        cell.Relax(Z3, gain: (r5 * z1) + (m4 * z4), loss: unbind + r3);

        V through = permeability * (source - oc), free = _r * (s - co), none = V.All(0);
        cell.Flow(0, _perVolume * ((z1 * all * ((yoc * through) + (yoo * (permeability * (source - oo))))) + (z2 * open * through)), none, none);
        cell.Flow(1, _perVolume * ((z1 * all * ((yco * free) + (yoo * (_r * (s - oo))))) + (z3 * share * free)), none, none);
    }
}
