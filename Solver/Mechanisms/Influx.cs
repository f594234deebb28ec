using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// A steady entry of calcium and what an experimenter adds to it:  J = rate + drive.
/// </summary>
public readonly struct Influx<V>(V rate) : IMechanism<Influx<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Drive = 2;

    private readonly V _rate = rate;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("influx", Source: "prescribed; no law of its own")
    {
        Pools = ["cytosol", "outside", "drive"],
        Flows = [new(Into: "cytosol", From: "outside")],
        Parameters =
        [
            new("rate", "µM/s", Default: 0, Min: 0, Max: 10000, "steady entry"),
        ],
    };

    /// <inheritdoc/>
    public static Influx<V> Load(Rates<V> rates) => new(
        rate: rates["rate"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V none = V.All(0);
        cell.Flow(0, _rate + cell.Pool(Drive), byInto: none, byFrom: none);
    }
}
