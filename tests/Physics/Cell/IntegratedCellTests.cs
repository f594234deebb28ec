using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Unit;

namespace CalciumSweep.Physics.Cell;

/// <summary>The cell with all mechanisms: what changes when one is taken out, and what does not.</summary>
public sealed class IntegratedCellTests
{
    // docs/integrated-cell.md says why.
    private static readonly (string Mechanism, string[] Change, string[] Stay)[] _removals =
    [
        ("vgcc", ["evokedReleases", "peakLocalCalcium", "peakTriggerFlux", "triggerCalcium", "peakReleaseFlux"], ["miniRate", "oscillationFrequency", "refillFraction"]),
        ("ryr", ["peakReleaseFlux", "releasedCalcium", "peakGain", "integralGain"], ["evokedReleases", "miniRate", "peakLocalCalcium", "refillFraction"]),
        ("ip3r", ["oscillationFrequency", "initialPeak", "plateau", "storeAtPlateau", "peakMatrix"], ["evokedReleases", "miniRate", "peakLocalCalcium", "peakTriggerFlux", "peakReleaseFlux", "peakGain", "refillFraction"]),
        ("serca", ["restEr", "refillFraction", "oscillationFrequency", "plateau", "peakReleaseFlux"], ["evokedReleases"]),
        ("soce", ["refillFraction", "storeAtPlateau", "plateau", "oscillationFrequency"], ["evokedReleases", "miniRate", "peakLocalCalcium", "peakTriggerFlux"]),
        ("mcu", ["peakMatrix", "nadhRise", "atpRise", "peakCytosolic"], ["evokedReleases", "miniRate", "peakLocalCalcium", "peakTriggerFlux", "peakReleaseFlux", "refillFraction"]),
    ];

    private readonly Model _cell = ScenarioLibrary.Load("integrated-cell");

    /// <summary>What must change does so by a tenth or more, what must not stays within a hundredth; the page's table shows the numbers of this run.</summary>
    [Fact]
    public void Taking_a_mechanism_out_changes_what_it_must_and_nothing_else()
    {
        double[] all = Run(_cell);
        var table = new Dictionary<string, double[]>(StringComparer.Ordinal) { ["all"] = all };
        foreach (var (mechanism, change, stay) in _removals)
        {
            double[] without = Run(_cell, ($"{mechanism}.on", 0));
            table[mechanism] = without;
            Assert.All(change, name => Assert.False(Math.Abs(At(without, name) - At(all, name)) < 0.1 * Math.Abs(At(all, name)), $"{name} without {mechanism}: {At(without, name)}, with it {At(all, name)}"));
            Assert.All(stay, name => Assert.True(Math.Abs(At(without, name) - At(all, name)) <= 0.01 * Math.Abs(At(all, name)), $"{name} without {mechanism}: {At(without, name)}, with it {At(all, name)}"));
        }

        string page = File.ReadAllText(Repository.PathOf("docs", "integrated-cell.md"));
        foreach (string line in page.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal) && l.Count(c => c == '|') == 9))
        {
            string[] cells = [.. line.Split('|', StringSplitOptions.TrimEntries)[1..^1]];
            string name = cells[0].Split('`')[1];
            string[] columns = ["all", .. _removals.Select(r => r.Mechanism)];
            Assert.Equal(string.Join(' ', columns.Select(c => Text(At(table[c], name)))), string.Join(' ', cells[1..].Select(c => c.Trim('*'))));
        }
    }

    [Fact]
    public void The_run_is_the_same_at_every_width() => _cell.All(("duration", 90), ("agonist.start", 20), ("agonist.duration", 60));

    /// <summary>A mechanism that is switched off leaves the bits of the cell in which it was never written.</summary>
    [Theory]
    [InlineData("ip3r")]
    [InlineData("serca")]
    [InlineData("orai1")]
    [InlineData("mcu")]
    [InlineData("nclx")]
    public void Switched_off_is_not_there(string mechanism)
    {
        // Leaks with given rates: balanced ones would know of what is missing at rest.
        string text = File.ReadAllText(Repository.PathOf("scenarios", "integrated-cell.yaml"))
            .Replace("er-leak: { use: leak, store: er, balance: control }", "er-leak: { use: leak, store: er, rate: er.leak }", StringComparison.Ordinal)
            .Replace("membrane-leak: { use: leak, store: outside, balance: control }", "membrane-leak: { use: leak, store: outside, rate: membrane.leak }", StringComparison.Ordinal)
            .Replace("parameters:\n", "parameters:\n  er.leak: { default: 0.02 }\n  membrane.leak: { default: 0.0003 }\n", StringComparison.Ordinal)
            .Replace("rules: recovery twitch synapse agonist store-entry mitochondria", "rules: recovery twitch synapse agonist mitochondria", StringComparison.Ordinal)
            .Replace("observe: [", "observe: [restEr] # [", StringComparison.Ordinal);
        string[] lines = text.Split('\n');
        string option = lines.First(l => l.StartsWith($"  {mechanism}: ", StringComparison.Ordinal));
        string switched = option.Contains(" on: ", StringComparison.Ordinal) ? option : option.Replace(" }", ", on: nclx.on }", StringComparison.Ordinal);
        string prefix = mechanism == "orai1" ? "stim1" : mechanism;
        string without = string.Join('\n', lines.Where(l => l != option && !l.StartsWith($"  {prefix}.", StringComparison.Ordinal)));
        string with = text.Replace(option, switched, StringComparison.Ordinal);
        (string, double)[] set = [("duration", 60), ("agonist.start", 20), ("agonist.duration", 30)];
        string on = switched.Split(" on: ")[1].Split(' ', ',')[0];
        double[] never = Calculated(Cells.Of(without), set);
        Assert.Equal(never, Calculated(Cells.Of(with), [.. set, (on, 0)]));
        Assert.NotEqual(never, Calculated(Cells.Of(with), set));
    }

    /// <summary>
    /// No calcium is lost in a cell whose membrane is closed, with all else at work for 10⁵ steps. Each step rounds the sum of all calcium at
    /// 2⁻⁵³ a few times: 10⁵ of them, all in one direction, stay below 1e-10.
    /// </summary>
    [Fact]
    public void A_closed_cell_keeps_its_calcium_over_a_hundred_thousand_steps()
    {
        (string, double)[] closed =
        [
            ("pmca.block", 1), ("ncx.block", 1), ("membrane-leak.block", 1), ("soce.on", 0), ("ltype.gain", 0), ("vgcc.density", 0),
            ("duration", 60), ("agonist.start", 1), ("agonist.duration", 60), ("beat.count", 60), ("cytosol.rest", 0.05),
        ];
        SimulationResult run = Runs.Of(_cell, 1, LaneWidth.Best, closed)[0];
        Assert.True(run.Steps >= 100_000, $"{run.Steps} steps");
        double Total(double c, double er, double matrix) => (c / 0.02) + (er * Of("er.volume") / Of("er.free")) + (matrix * Of("matrix.volume") / Of("matrix.free"));
        double before = Total(0.05, 500, At(run.Observables, "restMatrix"));
        double after = Total(At(run.Observables, "endCytosolic"), At(run.Observables, "endEr"), At(run.Observables, "endMatrix"));
        Assert.InRange((after / before) - 1, -1e-10, 1e-10);
    }

    /// <summary>Along the cable IP3 receptors start the wave and ryanodine receptors carry it; mitochondria trim it.</summary>
    [Fact]
    public void Along_a_cable_the_wave_needs_both_receptors()
    {
        Model cable = ScenarioLibrary.Load("integrated-cable");
        int speed = cable.Observables.ToList().FindIndex(o => o.Name == "waveSpeed"), peak = cable.Observables.ToList().FindIndex(o => o.Name == "peak50");
        SimulationResult Of(params (string, double)[] set) => Runs.Of(cable, 1, LaneWidth.Best, set)[0];
        SimulationResult all = Of(), soce = Of(("soce.on", 0)), mcu = Of(("mcu.on", 0));
        Assert.Equal(Outcome.Wave, all.Outcome);
        Assert.InRange(all.Observables[speed], 12, 13);
        Assert.Equal(Outcome.Abortive, Of(("ryr.on", 0)).Outcome);
        Assert.Equal(Outcome.Quiescent, Of(("ip3r.on", 0)).Outcome);
        Assert.InRange(soce.Observables[speed] / all.Observables[speed], 0.95, 1.05);
        Assert.True(mcu.Observables[peak] > 2 * all.Observables[peak]);
    }

    private static double[] Run(Model model, params (string, double)[] set)
    {
        SimulationResult result = Runs.Of(model, 1, LaneWidth.Best, set)[0];
        Assert.Null(result.Reason);
        return result.Observables;
    }

    // Without the numbers that are drawn: another model draws others.
    private static double[] Calculated(Model model, params (string, double)[] set) =>
        [.. Run(model, set).Where((_, i) => !model.Observables[i].Name.StartsWith("drawn", StringComparison.Ordinal))];

    private static string Text(double value) => double.IsNaN(value) ? "–"
        : value == 0 ? "0" : double.Parse(value.ToString("G3", null), null).ToString("0.####", null);

    private double Of(string parameter) => _cell.Parameters.First(p => p.Name == parameter).Default;

    private double At(double[] observables, string name) => observables[_cell.Observables.ToList().FindIndex(o => o.Name == name)];
}
