using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Results;

/// <summary>What the replicates of one point came to. Quarantined simulations are not in it.</summary>
/// <param name="Index">Index of the point, row-major over the axes.</param>
/// <param name="Tally">Outcomes of the finished replicates.</param>
/// <param name="Observables">One summary per kept observable [observe].</param>
public sealed record PointSummary(long Index, Tally Tally, IReadOnlyList<ObservableSummary> Observables)
{
    /// <summary>Finished replicates.</summary>
    public long N => Tally.Total;

    /// <summary>Share of waves among all finished replicates, 0…1; null before the first.</summary>
    public double? PWave => N == 0 ? null : (double)Tally[Outcome.Wave] / N;

    /// <summary>Wilson 95 % interval of <see cref="PWave"/>.</summary>
    public (double Low, double High) PWaveInterval => Wilson.Interval(Tally[Outcome.Wave], N);

    /// <summary>Share of simulations without a verdict, 0…1; null before the first.</summary>
    public double? Undecided => N == 0 ? null : (double)Tally[Outcome.Undecided] / N;
}
