using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CsCheck;

namespace CalciumSweep.Unit.Results;

/// <summary>Grains to test with.</summary>
internal static class Grains
{
    private static readonly double[] _edges =
    [
        0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_0001)), double.Epsilon,
        -double.Epsilon, 2.2250738585072014e-308, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, 0.1,
    ];

    /// <summary>Any value of an observable, the edges of the format often.</summary>
    public static Gen<double> Value { get; } = Gen.OneOf(Gen.Double, Gen.Int[0, _edges.Length - 1].Select(i => _edges[i]));

    /// <summary>Any outcome, or null for a quarantined simulation.</summary>
    public static Gen<Outcome?> Verdict { get; } =
        Gen.Int[-1, 8].Select(code => code < 0 ? (Outcome?)null : (Outcome)code);

    /// <summary>A grain with these many simulations and observables each.</summary>
    public static Gen<GrainResult> Of(long grain, int count, int observables) =>
        Gen.Select(Verdict.Array[count], Value.Array[count * observables], Gen.Long[0, long.MaxValue].Array[count],
            Gen.String[0, 20].Array[count], Gen.Double[0, 1e6], (outcomes, values, steps, reasons, seconds) => new GrainResult(
                grain, outcomes, ReasonsOf(outcomes, reasons), values, steps, seconds));

    /// <summary>Every grain of a layout, filled with known values.</summary>
    public static GrainResult Known(GrainLayout layout, long grain, int observables = 2)
    {
        (long first, int count) = layout.Range(grain);
        var outcomes = new Outcome?[count];
        var values = new double[count * observables];
        var reasons = new Dictionary<int, string>();
        for (int i = 0; i < count; i++)
        {
            long simulation = first + i;
            outcomes[i] = simulation % 5 == 0 ? Outcome.Quiescent : Outcome.Wave;
            if (simulation % 97 == 13)
            {
                outcomes[i] = Outcome.Failed;
                reasons[i] = $"NonFinite at t=3.21 s, site {simulation}";
            }

            for (int k = 0; k < observables; k++)
            {
                values[(i * observables) + k] = (simulation + k) % 7 == 0 ? double.NaN : simulation + (0.1 * k);
            }
        }

        return new(grain, outcomes, reasons, values, [.. Enumerable.Repeat(grain + 1, count)], 0.25);
    }

    /// <summary>True if every bit is the same.</summary>
    public static bool Same(GrainResult a, GrainResult b) =>
        a.Grain == b.Grain && a.Outcomes.SequenceEqual(b.Outcomes) && a.Steps.SequenceEqual(b.Steps)
        && a.Reasons.OrderBy(r => r.Key).SequenceEqual(b.Reasons.OrderBy(r => r.Key))
        && a.Observables.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(b.Observables.Select(BitConverter.DoubleToInt64Bits))
        && BitConverter.DoubleToInt64Bits(a.CoreSeconds) == BitConverter.DoubleToInt64Bits(b.CoreSeconds);

    private static Dictionary<int, string> ReasonsOf(Outcome?[] outcomes, string[] reasons) =>
        Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i] == Outcome.Failed).ToDictionary(i => i, i => Valid(reasons[i]));

    // A lone surrogate has no UTF-8 form; reasons are text.
    private static string Valid(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
