using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Cable;
using CalciumSweep.Solver.Engine;
using Buffer = CalciumSweep.Solver.Medium.Buffer;

namespace CalciumSweep.Physics;

/// <summary>ΔF/F0 of an indicator dye through a microscope.</summary>
public sealed class DyeTests
{
    [Fact]
    public void A_Gaussian_of_bound_dye_is_widened_as_Gaussians_are()
    {
        // 21 sites of 5 cells of 0.1 µm; a hill of 1 µm in bound dye seen at 0.8 µm: width² and width²/peak² add.
        const double Hill = 1, Seen = 0.8, Height = 3, Dx = 0.1;
        var definition = new ScenarioDefinition("t", "", [], new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []);
        var table = new ParameterTable(definition);
        var p = new CableParameters(table, definition, new RyrKind());
        var buffer = new Buffer(definition, table, new("buffer", "dye", "mobile", new Dictionary<string, string>(StringComparer.Ordinal)), ["cytosol"]);
        var dye = new Dye(table, buffer);
        IReadOnlyList<ParameterInfo> infos = table.Complete();
        double[] v = [.. infos.Select(i => i.Default)];
        v[infos.ToList().FindIndex(i => i.Name == "psf.x")] = Seen;
        double rest = dye.AtRest(v, v[p.CytosolRest]);
        var view = new Still([.. Enumerable.Range(0, 105).Select(i => rest + (Height * Math.Exp(-4 * Math.Log(2) * Math.Pow((i - 52) * Dx / Hill, 2))))]);
        var lane = new CableLane(21, 105);
        var record = new DyeRecord(dye, 105);
        record.Begin(p, v, Dx, isAlone: false);
        record.Observe(view, lane);
        double[] seen = record.Measure(hasFired: true);
        double width = Math.Sqrt((Hill * Hill) + (Seen * Seen)), total = 50, contrast = 100;
        double expected = (contrast - 1) * Height * Hill / width / (total + ((contrast - 1) * rest));

        // Cells of a tenth of the width: a cell's mean differs from its middle by dx²/24 c″, 0.2 % at the top; width by chords.
        Assert.InRange(seen[1] / expected, 0.997, 1.003);
        Assert.InRange(seen[2] / width, 0.99, 1.01);

        // Beside a column of 0.65 µm² all is at rest: what is in it of 0.4 by 0.8 µm.
        record.Begin(p, v, Dx, isAlone: true);
        record.Observe(view, lane);
        Assert.InRange(record.Measure(hasFired: true)[1] / seen[1], 0.749, 0.752); // erf(1.6781) erf(0.83905) = 0.98237 · 0.76469
    }

    [Fact]
    public void Sparks_in_a_column_as_wide_as_a_spark_look_like_published_ones()
    {
        // Published: ΔF/F0 of sparks in focus 0.7 (mode; Shang et al. 2014, J Gen Physiol 143:577) to above 5 (Izu et al.
        // 2001, Biophys J 80:88), width 1.8–2.2 µm (Cheng and Lederer 2008, Physiol Rev 88:1491).
        Model spark = ScenarioLibrary.Load("spark-dye");
        var runs = Runs.Of(spark, 300, 8);
        Assert.InRange(runs.Mean(spark, "dyeAmplitude").Mean, 0.7, 5);
        Assert.InRange(runs.Mean(spark, "dyeWidth").Mean, 1.8, 2.2);

        // Published 20–40 ms and 5–10 ms. In a column calcium leaves in one direction only: longer, but not by half.
        Assert.InRange(runs.Mean(spark, "dyeDuration").Mean, 0.02, 0.06);
        Assert.InRange(runs.Mean(spark, "dyeRise").Mean, 0.005, 0.015);
    }

    [Fact]
    public void A_line_shows_its_waves_in_the_dye()
    {
        Model line = ScenarioLibrary.Load("dye-line");
        var runs = Runs.Of(line, 16, 8, ("mesh.dx", 0.4), ("sites.spacing", 1.4));
        Assert.Contains(runs, r => r.Outcome == Outcome.Wave);
        double peak = runs.Mean(line, "peakDye").Mean, amplitude = runs.Mean(line, "dyeAmplitude").Mean;
        Assert.InRange(amplitude, 1, peak);
        Assert.InRange(runs.Mean(line, "dyeRise").Mean, 1e-3, 0.3);
    }

    private sealed class Still(double[] bound) : ICableView
    {
        public int Sites => 21;

        public int CellsPerSite => 5;

        public double Calcium(int site, int lane) => 0;

        public double CellCalcium(int cell, int lane) => 0;

        public double Open(int site, int lane) => 0;

        public double Released(int site, int lane) => 0;

        public void CopyDye(int lane, Span<double> cells) => bound.CopyTo(cells);
    }
}
