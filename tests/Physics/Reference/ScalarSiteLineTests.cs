using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Reference;

/// <summary>The solver against the plain scalar program, at points that no published table holds.</summary>
public sealed class ScalarSiteLineTests
{
    private readonly Model _line = ScenarioLibrary.Load("site-line");

    // Points near the boundary, where every part of the model matters; far from the defaults on several axes at once.
    [Theory]
    [InlineData("sites.spacing", 2.4, "channel.k", 9.0, "buffer.mobile.diffusion", 20.0)]
    [InlineData("sites.spacing", 2.5, "store.rest", 550.0, "serca.vmax", 250.0)]
    [InlineData("sites.spacing", 1.6, "sites.channels", 9.0, "junction.refill", 4.0)]
    public void Verdicts_reach_recruitment_and_peak_are_those_of_the_scalar_program(
        string name1, double value1, string name2, double value2, string name3, double value3)
    {
        const int Slow = 48, Fast = 400;
        (string Name, double Value)[] set =
            [(name1, value1), (name2, value2), (name3, value3), ("mesh.dx", 0.5), ("sites.count", 13), ("limit.time", 1)];
        double[] values = _line.Defaults();
        foreach (var (name, value) in set)
        {
            values[_line.IndexOf(name)] = value;
        }

        var by = Enumerable.Range(0, values.Length).ToDictionary(i => _line.Parameters[i].Name, i => values[i], StringComparer.Ordinal);
        var slow = new (Outcome Outcome, double Reach, double Recruited, double Peak)[Slow];
        Parallel.For(0, Slow, i => slow[i] = new ScalarSiteLine(name => by[name], new System.Random(1000 + i)).Run());
        var fast = Runs.Of(_line, Fast, 8, set);

        double p = slow.Count(r => r.Outcome == Outcome.Wave) / (double)Slow, q = fast.Count(r => r.Outcome == Outcome.Wave) / (double)Fast;
        double pooled = ((p * Slow) + (q * Fast)) / (Slow + Fast);
        double error = Math.Sqrt(Math.Max(pooled * (1 - pooled), 0.02) * ((1.0 / Slow) + (1.0 / Fast)));

        // Four standard errors: 12 comparisons fail by chance once in 1,300 times; 1 % for the steps of both programs.
        Assert.InRange(q - p, -(4 * error) - 0.015, (4 * error) + 0.015);
        Compare([.. slow.Select(r => r.Reach)], fast, "reach");
        Compare([.. slow.Select(r => r.Recruited)], fast, "recruitedFraction");
        Compare([.. slow.Select(r => r.Peak)], fast, "peakCytosolic");
    }

    private void Compare(double[] slow, IReadOnlyList<SimulationResult> fast, string observable)
    {
        double mean = slow.Average(), variance = slow.Sum(x => (x - mean) * (x - mean)) / (slow.Length - 1);
        var (other, otherError, _) = fast.Mean(_line, observable);
        double tolerance = (4 * Math.Sqrt((variance / slow.Length) + (otherError * otherError))) + (0.01 * mean);
        Assert.InRange(other - mean, -tolerance, tolerance);
    }
}
