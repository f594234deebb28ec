using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// Bistable production, the simplest law with a wave:  J = rate·c·(c − a)·(1 − c), with c in units of the upper state (1 µM).
/// </summary>
public readonly struct Cubic<V>(V rate, V threshold) : IMechanism<Cubic<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0;

    private readonly V _rate = rate, _a = threshold;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("cubic", Source: "Nagumo, Arimoto and Yoshizawa 1962, Proc IRE 50:2061")
    {
        Pools = ["cytosol"],
        Flows = [new(Into: "cytosol", From: null)],
        Parameters =
        [
            new("rate", "1/s", Default: 1, Min: 0, Max: 1000, "rate of the cubic"),
            new("threshold", "1", Default: 0.1, Min: 0, Max: 1, "unstable state over the upper one"),
        ],
    };

    /// <inheritdoc/>
    public static Cubic<V> Load(Rates<V> rates) => new(rate: rates["rate"], threshold: rates["threshold"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(Cytosol), above = c - _a, left = 1 - c, rc = _rate * c;
        cell.Flow(0, rc * above * left, byInto: (_rate * (above * left)) + (rc * (left - above)));
    }
}
