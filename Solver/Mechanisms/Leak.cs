using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>Passive leak down the gradient:  J = rate·(high − cytosol).</summary>
public readonly struct Leak<V>(V rate) : IMechanism<Leak<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, High = 1;

    private readonly V _rate = rate;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("leak", Source: "balances the pumps at rest, as in Li and Rinzel 1994, J Theor Biol 166:461")
    {
        Pools = ["cytosol", "store"],
        Flows = [new(Into: "cytosol", From: "store")],
        Parameters = [new("rate", "1/s", Default: 0, Min: 0, Max: 100, "permeability over cytosol volume")],
    };

    /// <inheritdoc/>
    public static Leak<V> Load(Rates<V> rates) => new(rate: rates["rate"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V> =>
        cell.Flow(0, _rate * (cell.Pool(High) - cell.Pool(Cytosol)), byInto: -_rate, byFrom: _rate);
}
