using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>
/// The line against the reference of docs/site-line.md. "use" is the difference over what is allowed there (§6): below 1 holds.
/// </summary>
internal sealed class AccuracyReport(Model model, int replicates, double dx, int threads)
{
    /// <summary>§5.4: P(wave), speed, reach and peak.</summary>
    public void Points()
    {
        var pool = new SimulationPool(model);
        int[] first = [.. References.Points.Select(p => pool.Add(replicates, 1, [.. p.Set, ("mesh.dx", dx)]))];
        pool.Run(threads, LaneWidth.Best);
        int drift = IndexOf("calciumDrift");
        Console.WriteLine(
            $"{pool.Results.Count} simulations, {pool.Results.Average(r => r.Steps):f0} steps each, "
            + $"{pool.Results.Count(r => r.Outcome == Outcome.Failed)} failed, largest drift {pool.Results.Max(r => Math.Abs(r.Observables[drift])):g2}");
        Console.WriteLine($"{"point",-18} {"P(wave)",-31} {"speed µm/s",-31} {"reach µm",-31} {"peak µM",-31} undecided");
        for (int i = 0; i < first.Length; i++)
        {
            ReferencePoint p = References.Points[i];
            SimulationResult[] runs = [.. pool.Results.Skip(first[i]).Take(replicates)];
            Estimate wave = Estimate.Share(runs.Count(r => r.Outcome == Outcome.Wave), replicates);
            Console.WriteLine(
                $"{p.Name,-18} {Column(wave, p.Wave, 0.015, "f4")} {Column(Mean(runs, "waveSpeed"), p.Speed, 0.01 * p.Speed.Value, "f2")} "
                + $"{Column(Mean(runs, "reach"), p.Reach, 0.01 * p.Reach.Value, "f2")} "
                + $"{Column(Mean(runs, "peakCytosolic"), p.Peak, 0.01 * p.Peak.Value, "f2")} {runs.Count(r => r.Outcome == Outcome.Undecided)}");
        }
    }

    /// <summary>§5.5: where P(wave) is one half.</summary>
    public void Boundaries()
    {
        var pool = new SimulationPool(model);
        var places = References.Boundaries.Select(b => Enumerable.Range(-2, 5).Select(i => i * 0.25 * b.Width)
            .Select(x => (X: x, First: pool.Add(replicates, 1, [.. b.Set, ("sites.spacing", b.At.Value + x), ("mesh.dx", dx)]))).ToArray()).ToArray();
        pool.Run(threads, LaneWidth.Best);
        Console.WriteLine($"{"boundary",-10} {"µm ± SE",-15} {"reference",-15} {"off",7}   P(wave) at ½, ¼ of the width below, there, above");
        for (int b = 0; b < places.Length; b++)
        {
            Estimate at = References.Boundaries[b].At;
            var data = places[b].Select(p => (p.X, Wins: pool.Results.Skip(p.First).Take(replicates).Count(r => r.Outcome == Outcome.Wave))).ToArray();
            Estimate half = LogitFit.Half(data, replicates);
            Console.WriteLine(
                $"{References.Boundaries[b].Name,-10} {at.Value + half.Value:f3} ± {half.Error:f3}   {at.Value:f3} ± {at.Error:f3}   {half.Value,7:f3}   "
                + string.Join("  ", data.Select(d => (d.Wins / (double)replicates).ToString("f3"))));
        }
    }

    private static string Column(Estimate found, Estimate reference, double slack, string format) =>
        (double.IsNaN(reference.Value) || double.IsNaN(found.Value)
            ? ""
            : $"{found.Value.ToString(format)} ± {found.Error.ToString(format)} ({reference.Value.ToString(format)}) use {found.Use(reference, slack):f2}").PadRight(31);

    private Estimate Mean(SimulationResult[] runs, string observable)
    {
        int index = IndexOf(observable);
        return Estimate.Mean(runs.Select(r => r.Observables[index]));
    }

    private int IndexOf(string observable) => model.Observables.ToList().FindIndex(o => o.Name == observable);
}
