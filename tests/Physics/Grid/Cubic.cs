using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics.Grid;

/// <summary>Bistable production  k·c(c − a)(1 − c), whose front on a line moves at √(Dk/2)(1 − 2a): for tests only.</summary>
public readonly struct Cubic<V>(V k, V a) : IMechanism<Cubic<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _k = k, _a = a;

    public static MechanismInfo Info { get; } = new("cubic", Source: "Nagumo, Arimoto and Yoshizawa 1962, Proc IRE 50:2061")
    {
        Pools = ["cytosol"],
        Flows = [new(Into: "cytosol", From: null)],
        Parameters = [new("k", "1/s", 1, 0, 10, "rate"), new("a", "µM", 0.1, 0, 0.5, "threshold")],
    };

    public static Cubic<V> Load(Rates<V> rates) => new(rates["k"], rates["a"]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V c = cell.Pool(0), above = c - _a, below = 1 - c;
        cell.Flow(0, _k * c * above * below, byInto: _k * ((above * below) + (c * (below - above))));
    }
}
