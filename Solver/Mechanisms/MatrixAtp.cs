using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// ATP made from NADH by the respiratory chain and used by the cell; a is the charged share:  da/dt = v·n·(1 − a) − w·a.
/// </summary>
public readonly struct MatrixAtp<V>(V vmax, V use) : IMechanism<MatrixAtp<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Atp = 0, Nadh = 1;

    private readonly V _v = vmax, _w = use;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("atp.matrix", Source: "minimal form, rates chosen")
    {
        Pools = ["atp", "nadh"],
        Flows = [new(Into: "atp", From: null)],
        Parameters =
        [
            new("vmax", "1/s", Default: 0.2, Min: 0, Max: 10, "synthesis with all NADH reduced"),
            new("use", "1/s", Default: 0.1, Min: 0.001, Max: 10, "use by the cell"),
        ],
    };

    /// <inheritdoc/>
    public static MatrixAtp<V> Load(Rates<V> rates) => new(
        vmax: rates["vmax"], use: rates["use"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V a = cell.Pool(Atp), rate = _v * cell.Pool(Nadh);
        cell.Flow(0, (rate * (1 - a)) - (_w * a), byInto: -(rate + _w));
    }
}
