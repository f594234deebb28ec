using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// IP3 made by phospholipase C behind a G-protein coupled receptor, and broken down:
/// J = v·a/(K_a + a)·(c + (1 − α)·k)/(c + k) − d·IP3, a the agonist; calcium promotes the production by the share α.
/// </summary>
public readonly struct PlcReceptor<V>(V vmax, V ka, V alpha, V k, V degradation) : IMechanism<PlcReceptor<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Ip3 = 0, Cytosol = 1, Agonist = 2;

    private readonly V _vmax = vmax, _ka = ka, _low = (1 - alpha) * k, _k = k, _degradation = degradation;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("plc.receptor", Source: "De Young and Keizer 1992, PNAS 89:9895 (calcium dependence, degradation); receptor occupancy of one site")
    {
        Pools = ["ip3", "cytosol", "agonist"],
        Flows = [new(Into: "ip3", From: null)],
        Parameters =
        [
            new("vmax", "µM/s", Default: 1, Min: 0, Max: 100, "production of IP3 with all receptors occupied and much calcium"),
            new("ka", "µM", Default: 1, Min: 1e-4, Max: 1000, "agonist of half-occupancy"),
            new("alpha", "1", Default: 0.5, Min: 0, Max: 1, "share of the production that needs calcium"),
            new("k", "µM", Default: 1.1, Min: 0.01, Max: 20, "[Ca²⁺] of half-maximal promotion"),
            new("degradation", "1/s", Default: 1, Min: 1e-3, Max: 10, "breakdown of IP3"),
        ],
    };

    /// <inheritdoc/>
    public static PlcReceptor<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], ka: rates["ka"], alpha: rates["alpha"], k: rates["k"], degradation: rates["degradation"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), a = cell.Pool(Agonist);
        V production = _vmax * a * (c + _low) / ((_ka + a) * (c + _k));
        cell.Flow(0, production - (_degradation * cell.Pool(Ip3)), byInto: -_degradation);
    }
}
