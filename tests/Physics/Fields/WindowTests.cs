using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Fields;

/// <summary>Cells that no front has come near are left out: nothing may depend on it, and nothing on what the neighbours of a lane compute.</summary>
public sealed class WindowTests
{
    // The wall stands where the front's foot is 1e-12 of what is there; what the wall then changes at the threshold is of that size
    // times what a front amplifies on its way to the threshold (some hundreds).
    private const double Agreement = 1e-9;

    // A tail that is uniform but not at rest: the leak is not balanced, and every cell of it moves.
    private const string Moving =
        """
        scenario: moving
        geometry: { use: cable }
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
          messenger: { use: diffusing, substance: X }
        buffers: { fast: { use: rapid }, slow: { use: stationary } }
        mechanisms: { serca: { use: serca.hill }, leak: { use: leak } }
        stimulus: { use: patch }
        outcome: { use: front, arrivals: 6 8, peaks: 10 30 90 }
        parameters: { leak.rate: { default: 0.05 }, arrival.threshold: { default: 1 }, duration: { default: 2 } }
        """;

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1000, 2)]
    [InlineData(250, 1)]
    [InlineData(3000, 0.4)]
    public void A_wave_is_that_of_the_whole_cable_on_any_mesh(int cells, double duration)
    {
        FieldModel window = new(FieldRuns.Read("w1d")), whole = new(FieldRuns.Read("w1d")) { HasWindow = false };
        double[] v = window.With(("N", cells), ("T", duration));
        SimulationResult a = FieldRuns.Run(window, 4, [v])[0], b = FieldRuns.Run(whole, 4, [v])[0];
        AssertAlike(a, b);
        Assert.InRange(Math.Abs(window.Value(a, "calciumDrift")), 0, 1e-13);
    }

    [Fact]
    public void Verdicts_and_arrivals_of_random_points_are_those_of_the_whole_cable_with_the_same_bits_at_every_width()
    {
        FieldModel window = new(FieldRuns.Read("w1d")), whole = new(FieldRuns.Read("w1d")) { HasWindow = false };
        List<double[]> points = W1dPoint.Draw(window, 12, seed: 7);
        SimulationResult[] a = FieldRuns.Run(window, 8, points), b = FieldRuns.Run(whole, 8, points);
        Assert.Contains(a, r => r.Outcome == Outcome.Wave);
        Assert.Contains(a, r => r.Outcome == Outcome.Abortive);
        for (int i = 0; i < points.Count; i++)
        {
            AssertAlike(a[i], b[i]);
        }

        foreach (int width in new[] { 1, 2, 4 })
        {
            SimulationResult[] other = FieldRuns.Run(window, width, points);
            for (int i = 0; i < points.Count; i++)
            {
                Assert.Equal(a[i].Steps, other[i].Steps);
                Assert.Equal(a[i].Observables.Select(BitConverter.DoubleToInt64Bits), other[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Fact]
    public void A_uniform_tail_that_is_not_at_rest_moves_as_it_does_without_a_window()
    {
        ScenarioDefinition moving = ScenarioReader.Parse(Moving, "moving");
        FieldModel window = new(moving), whole = new(moving) { HasWindow = false };
        double[] first = window.Defaults(), second = window.With(("stimulus.width", 30));
        foreach (int width in new[] { 1, 2 })
        {
            SimulationResult[] a = FieldRuns.Run(window, width, [first, second]), b = FieldRuns.Run(whole, width, [first, second]);
            AssertAlike(a[0], b[0]);
            AssertAlike(a[1], b[1]);
        }
    }

    [Fact]
    public unsafe void The_wall_stands_ahead_of_what_moves_and_the_cells_behind_it_are_as_the_last_one_before_it()
    {
        using var memory = new FieldMemory<Lane2>(1000, 1, 0, 1);
        using var rates = new FieldRates<Lane2>(1, 1, 0);
        using var window = new FieldWindow<Lane2>(memory, rates, 1);
        window.Open(0, 50);
        window.Open(1, 1000);
        Assert.Equal((96, 1000, 63), (window.CellsOf(0), window.CellsOf(1), window.Tiles));
        Assert.Equal((1u, 2u, 0u), (window.WallsAt(5), window.WallsAt(62), window.WallsAt(6)));
        Assert.Equal((95, 500), (window.Stand(500, 0), window.Stand(500, 1)));
        Fill(memory, 96, _ => 1);
        window.Follow(0);
        Assert.Equal(96, window.CellsOf(0));
        Fill(memory, 96, i => i < 80 ? 2 : i < 95 ? 1 + 1e-11 : 1);
        window.Follow(0);
        Assert.Equal(128, window.CellsOf(0));
        Assert.Equal((1, 1), (memory.Value(1, 0, 96, 0), memory.Value(3, 0, 127, 0)));

        // A step in which calcium diffuses over 20 cells: 60 cells in front of the wall must be alike.
        (((double*)rates.S)[0], ((double*)rates.Diffusion)[0]) = (4e-3, 1e5);
        Fill(memory, 128, i => i < 70 ? 2 : 1);
        window.Follow(0);
        Assert.Equal(192, window.CellsOf(0));
        window.Close(1);
        Assert.Equal(12, window.Tiles);
    }

    private static void Fill(FieldMemory<Lane2> memory, int cells, Func<int, double> value)
    {
        for (int i = 0; i < cells; i++)
        {
            memory.Begin(0, i, 0, value(i));
        }
    }

    private static void AssertAlike(in SimulationResult a, in SimulationResult b)
    {
        Assert.Equal(a.Outcome, b.Outcome);
        for (int k = 0; k < a.Observables.Length - 1; k++) // the last is the drift
        {
            Assert.True(
                a.Observables[k].Equals(b.Observables[k]) || Math.Abs((a.Observables[k] / b.Observables[k]) - 1) <= Agreement,
                $"observable {k}: {a.Observables[k]:R}, not {b.Observables[k]:R}");
        }
    }
}
