using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// IP3 receptor after De Young and Keizer, with all eight states of a subunit: J = v·x³·(s − c), x the share of subunits with IP3
/// and activating, but no inhibiting Ca²⁺. Gate <c>xijk</c>: i IP3, j activating, k inhibiting Ca²⁺ bound; x111 is what is left.
/// d4 = d1·d2/d3 (detailed balance). With a1, a3, a5 large it is <c>ip3r.li-rinzel</c>.
/// </summary>
public readonly struct Ip3rDeYoungKeizer<V>(V v, V a1, V a2, V a3, V a4, V a5, V d1, V d2, V d3, V d5) : IMechanism<Ip3rDeYoungKeizer<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Store = 1, Ip3 = 2;
    private const int X000 = 0, X100 = 1, X010 = 2, X110 = 3, X001 = 4, X101 = 5, X011 = 6;

    private readonly V _v = v, _a1 = a1, _a2 = a2, _a3 = a3, _a4 = a4, _a5 = a5;
    private readonly V _b1 = a1 * d1, _b2 = a2 * d2, _b3 = a3 * d3, _b4 = a4 * (d1 * d2 / d3), _b5 = a5 * d5;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("ip3r.de-young-keizer", Source: "De Young and Keizer 1992, PNAS 89:9895")
    {
        Pools = ["cytosol", "store", "ip3"],
        Flows = [new(Into: "cytosol", From: "store")],
        Gates =
        [
            new("x000", "share of subunits with nothing bound"), new("x100", "share with IP3"),
            new("x010", "share with activating Ca²⁺"), new("x110", "share with IP3 and activating Ca²⁺: active"),
            new("x001", "share with inhibiting Ca²⁺"), new("x101", "share with IP3 and inhibiting Ca²⁺"),
            new("x011", "share with activating and inhibiting Ca²⁺"),
        ],
        Parameters =
        [
            new("v", "1/s", Default: 6, Min: 0, Max: 1000, "permeability of all open channels"),
            new("a1", "1/(µM s)", Default: 400, Min: 0, Max: 1e5, "binding of IP3, not inhibited"),
            new("a2", "1/(µM s)", Default: 0.2, Min: 0, Max: 10, "binding of inhibiting Ca²⁺, with IP3"),
            new("a3", "1/(µM s)", Default: 400, Min: 0, Max: 1e5, "binding of IP3, inhibited"),
            new("a4", "1/(µM s)", Default: 0.2, Min: 0, Max: 10, "binding of inhibiting Ca²⁺, without IP3"),
            new("a5", "1/(µM s)", Default: 20, Min: 0, Max: 1e5, "binding of activating Ca²⁺"),
            new("d1", "µM", Default: 0.13, Min: 1e-3, Max: 10, "dissociation of IP3, not inhibited"),
            new("d2", "µM", Default: 1.049, Min: 1e-3, Max: 10, "dissociation of inhibiting Ca²⁺, with IP3"),
            new("d3", "µM", Default: 0.9434, Min: 1e-3, Max: 10, "dissociation of IP3, inhibited"),
            new("d5", "µM", Default: 0.08234, Min: 1e-3, Max: 10, "dissociation of activating Ca²⁺"),
        ],
    };

    /// <inheritdoc/>
    public static Ip3rDeYoungKeizer<V> Load(Rates<V> rates) => new(
        v: rates["v"], a1: rates["a1"], a2: rates["a2"], a3: rates["a3"], a4: rates["a4"], a5: rates["a5"],
        d1: rates["d1"], d2: rates["d2"], d3: rates["d3"], d5: rates["d5"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), p = cell.Pool(Ip3);
        V x000 = cell.Gate(X000), x100 = cell.Gate(X100), x010 = cell.Gate(X010), x110 = cell.Gate(X110);
        V x001 = cell.Gate(X001), x101 = cell.Gate(X101), x011 = cell.Gate(X011);
        V x111 = 1 - (x000 + x100 + x010 + x110 + (x001 + x101 + x011));
        V open = _v * (x110 * (x110 * x110));
        cell.Flow(0, open * (cell.Pool(Store) - c), byInto: -open, byFrom: open);
        V p1 = _a1 * p, p3 = _a3 * p, c2 = _a2 * c, c4 = _a4 * c, c5 = _a5 * c;
        cell.Relax(X000, gain: V.Fma(_b1, x100, V.Fma(_b5, x010, _b4 * x001)), loss: p1 + (c5 + c4));
        cell.Relax(X100, gain: V.Fma(p1, x000, V.Fma(_b5, x110, _b2 * x101)), loss: _b1 + (c5 + c2));
        cell.Relax(X010, gain: V.Fma(c5, x000, V.Fma(_b1, x110, _b4 * x011)), loss: _b5 + (p1 + c4));
        cell.Relax(X110, gain: V.Fma(p1, x010, V.Fma(c5, x100, _b2 * x111)), loss: _b1 + (_b5 + c2));
        cell.Relax(X001, gain: V.Fma(c4, x000, V.Fma(_b3, x101, _b5 * x011)), loss: _b4 + (p3 + c5));
        cell.Relax(X101, gain: V.Fma(c2, x100, V.Fma(p3, x001, _b5 * x111)), loss: _b2 + (_b3 + c5));
        cell.Relax(X011, gain: V.Fma(c4, x010, V.Fma(c5, x001, _b3 * x111)), loss: _b4 + (_b5 + p3));
    }
}
