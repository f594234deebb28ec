using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// <c>plc.receptor</c> with receptors that desensitise while they are occupied: J = v·r·o·(c + (1 − α)·k)/(c + k) − d·IP3,
/// o = a/(K_a + a), dr/dt = recovery·(1 − r) − desensitisation·o·r.
/// </summary>
public readonly struct PlcDesensitizing<V>(V vmax, V ka, V alpha, V k, V degradation, V desensitisation, V recovery)
    : IMechanism<PlcDesensitizing<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Ip3 = 0, Cytosol = 1, Agonist = 2;
    private const int R = 0;

    private readonly V _vmax = vmax, _ka = ka, _low = (1 - alpha) * k, _k = k, _degradation = degradation;
    private readonly V _desensitisation = desensitisation, _recovery = recovery;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("plc.desensitizing", Source: "De Young and Keizer 1992, PNAS 89:9895 (calcium dependence, degradation); Lemon, Gibson and Bennett 2003, J Theor Biol 223:93 (desensitisation in proportion to occupancy)")
    {
        Pools = ["ip3", "cytosol", "agonist"],
        Flows = [new(Into: "ip3", From: null)],
        Gates = [new("r", "share of receptors that are not desensitised")],
        Parameters =
        [
            new("vmax", "µM/s", Default: 1, Min: 0, Max: 100, "production of IP3 with all receptors occupied and much calcium"),
            new("ka", "µM", Default: 1, Min: 1e-4, Max: 1000, "agonist of half-occupancy"),
            new("alpha", "1", Default: 0.5, Min: 0, Max: 1, "share of the production that needs calcium"),
            new("k", "µM", Default: 1.1, Min: 0.01, Max: 20, "[Ca²⁺] of half-maximal promotion"),
            new("degradation", "1/s", Default: 1, Min: 1e-3, Max: 10, "breakdown of IP3"),
            new("desensitisation", "1/s", Default: 0.02, Min: 0, Max: 10, "rate of desensitisation of an occupied receptor"),
            new("recovery", "1/s", Default: 0.01, Min: 1e-5, Max: 10, "rate of recovery"),
        ],
    };

    /// <inheritdoc/>
    public static PlcDesensitizing<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], ka: rates["ka"], alpha: rates["alpha"], k: rates["k"], degradation: rates["degradation"],
        desensitisation: rates["desensitisation"], recovery: rates["recovery"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), a = cell.Pool(Agonist), occupied = a / (_ka + a);
        V production = _vmax * cell.Gate(R) * occupied * (c + _low) / (c + _k);
        cell.Flow(0, production - (_degradation * cell.Pool(Ip3)), byInto: -_degradation);
        cell.Relax(R, gain: _recovery, loss: V.Fma(_desensitisation, occupied, _recovery));
    }
}
