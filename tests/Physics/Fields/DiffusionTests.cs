using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>Diffusion and boundaries against exact solutions of the discrete and of the continuous equation.</summary>
public sealed class DiffusionTests
{
    private const double D = 30, L = 10;

    [Theory]
    [InlineData("no-flux", 1)]
    [InlineData("clamped", 1)]
    [InlineData("periodic", 2)]
    public void A_cosine_decays_at_the_rate_of_the_stencil(string boundary, int halfWaves)
    {
        // Eigenfunctions of the 3-point stencil with these ends; about 1 µM, so that nothing is negative.
        const double dx = 0.5, time = 0.3;
        double k = halfWaves * Math.PI / L, rate = 2 * D * (1 - Math.Cos(k * dx)) / (dx * dx);
        double Mode(double x) => boundary == "clamped" ? Math.Sin(k * x) : Math.Cos(k * x);
        Assert.InRange(2 * D * (1 - Math.Cos(Math.PI * dx / L)) / (dx * dx), 2.95479826 - 5e-9, 2.95479826 + 5e-9);
        FieldModel model = Plain(boundary, (_, x) => 1 + (0.5 * Mode(x)), new EndState(1, (view, lane) => [view.Concentration(0, 3, lane) - 1]), 1e-9);
        double left = model.Run(("mesh.dx", dx), ("length", L), ("duration", time)).Observables[0] / (0.5 * Mode(3.5 * dx));
        Assert.InRange((-Math.Log(left) / time / rate) - 1, -1e-9, 1e-9);
    }

    [Fact]
    public void A_point_spreads_as_the_heat_kernel()
    {
        const double dx = 0.1, length = 40.1;
        double[] at = [0, 0.5, 1, 2], exact = [0.51503227, 0.41817342, 0.22383210, 0.01837326];
        var rule = new EndState(4, (view, lane) => [.. at.Select(x => view.Concentration(0, 200 + (int)Math.Round(x / dx), lane) - 1)]);
        FieldModel model = Plain("no-flux", (_, x) => Math.Abs(x - (length / 2)) < dx / 2 ? 1 + (1 / dx) : 1, rule, 1e-3);
        double[] spread = model.Run(("mesh.dx", dx), ("length", length), ("duration", 0.01)).Observables;
        for (int i = 0; i < 4; i++)
        {
            Assert.InRange(spread[i] / exact[i], 0.99, 1.01);
        }
    }

    [Fact]
    public void A_centred_stimulus_stays_symmetric()
    {
        double worst = 0;
        var rule = new EndState(1, (view, lane) =>
        {
            for (int i = 0; i < view.Cells; i++)
            {
                worst = Math.Max(worst, Math.Abs(view.Concentration(0, i, lane) / view.Concentration(0, view.Cells - 1 - i, lane) - 1));
            }

            return [0];
        });
        var model = new FieldModel(FieldRuns.Read("w1d")) { Rule = rule, Start = (p, x) => p == 0 ? (Math.Abs(x - 25) < 2 ? 2 : 0.05) : p == 1 ? 500 : 0.3 };
        model.Run(("L", 50), ("N", 500), ("T", 0.1));

        // The sweeps go one way, so rounding differs left and right; a stiff front multiplies it by a few thousand at most.
        Assert.InRange(worst, 0, 1e-12 * 1000);
    }

    internal static FieldModel Plain(string boundary, Func<int, double, double> start, FieldRule rule, double tolerance) => new(ScenarioReader.Parse(
        $$"""
        scenario: plain
        geometry: { use: cable, boundary: {{boundary}} }
        pools: { cytosol: { use: diffusing } }
        outcome: { use: front }
        parameters: { cytosol.diffusion: { default: 30 }, cytosol.rest: { default: 1 } }
        """,
        "plain"))
    { Start = start, Rule = rule, Tolerance = tolerance };
}
