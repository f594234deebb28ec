using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// P/Q-type calcium channels, m² with α = 1.78·e^(V/23.3) and β = 0.14·e^(−V/15) per ms. Their current enters the cytosol, and makes a
/// nanodomain at the distance r of a vesicle: c + N·i/(4πDr)·e^(−r/λ), λ = √(D/(k_on·b)) (excess buffer), which the pool <c>local</c>
/// follows within microseconds. Cd²⁺ blocks to IC50/(IC50 + [Cd²⁺]).
/// </summary>
public readonly struct VgccCalyx<V>(
    V density, V conductance, V reversal, V cadmium, V ic50, V distance, V diffusion, V bufferTotal, V bufferOn, V entry, V settling)
    : IMechanism<VgccCalyx<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Cytosol = 0, Outside = 1, Local = 2, Voltage = 3;
    private const int M = 0;

    // µM µm³/s per pA; 1e-3 pA per pS and mV.
    private const double Source = 5182.1348, FourPi = 4 * Math.PI;

    private readonly V _current = 1e-3 * (density * conductance * (ic50 / (ic50 + cadmium)));
    private readonly V _perCurrent = Source * Exp(-(distance * V.Sqrt(bufferOn * bufferTotal / diffusion))) / (FourPi * (diffusion * distance));
    private readonly V _reversal = reversal, _entry = entry, _rate = 1 / settling;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new(
        "vgcc.calyx", Source: "Borst and Sakmann 1998, J Physiol 506:143 (gates); Naraghi and Neher 1997, J Neurosci 17:6961 (nanodomain); Cd²⁺: Bean 1989, Annu Rev Physiol 51:367")
    {
        Pools = ["cytosol", "outside", "local", "voltage"],
        Flows = [new(Into: "cytosol", From: "outside"), new(Into: "local", From: null)],
        Gates = [new("m", "share of activation gates open")],
        Parameters =
        [
            new("density", "1", Default: 12, Min: 0, Max: 1000, "channels around a vesicle"),
            new("conductance", "pS", Default: 3.3, Min: 0.1, Max: 50, "conductance of a channel (Sheng et al. 2012, Nat Neurosci 15:998)"),
            new("reversal", "mV", Default: 43.9, Min: 0, Max: 150, "apparent reversal of the current"),
            new("cadmium", "µM", Default: 0, Min: 0, Max: 10000, "Cd²⁺ outside"),
            new("ic50", "µM", Default: 1.5, Min: 0.01, Max: 100, "Cd²⁺ of half-block"),
            new("distance", "µm", Default: 0.05, Min: 0.005, Max: 1, "from the channels to the vesicle"),
            new("diffusion", "µm²/s", Default: 250, Min: 10, Max: 1000, "diffusion of free calcium"),
            new("buffer.total", "µM", Default: 0, Min: 0, Max: 50000, "free added buffer (EGTA, BAPTA)"),
            new("buffer.kon", "1/(µM s)", Default: 500, Min: 0.1, Max: 2000, "binding rate of the added buffer: EGTA 2.5, BAPTA 500"),
            new("entry", "µM/(pA s)", Default: 300, Min: 0, Max: 1000000, "entry into the cytosol per current around a vesicle"),
            new("settling", "s", Default: 1e-5, Min: 1e-6, Max: 1e-3, "time in which the nanodomain follows the current"),
        ],
    };

    /// <inheritdoc/>
    public static VgccCalyx<V> Load(Rates<V> rates) => new(
        density: rates["density"], conductance: rates["conductance"], reversal: rates["reversal"], cadmium: rates["cadmium"], ic50: rates["ic50"],
        distance: rates["distance"], diffusion: rates["diffusion"], bufferTotal: rates["buffer.total"], bufferOn: rates["buffer.kon"],
        entry: rates["entry"], settling: rates["settling"]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V v = cell.Pool(Voltage), m = cell.Gate(M), none = V.All(0);
        V a = 1780 * Exp((1 / 23.3) * v), b = 140 * Exp((-1.0 / 15) * v);
        cell.Relax(M, gain: a, loss: a + b);

        // No current flows out of the cell: above the reversal there is none. Without calcium outside there is none either.
        V o = cell.Pool(Outside), current = _current * (m * m) * Max(_reversal - v, none) * (o / (50 + o));
        V slope = _entry * _current * (m * m) * Max(_reversal - v, none) * (50 / ((50 + o) * (50 + o)));
        cell.Flow(0, _entry * current, byInto: none, byFrom: slope);
        cell.Flow(1, _rate * (cell.Pool(Cytosol) + (_perCurrent * current) - cell.Pool(Local)), byInto: -_rate);
    }
}
