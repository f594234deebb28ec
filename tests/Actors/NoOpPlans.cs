using System.Security.Cryptography;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Actors;

/// <summary>Plans of the scenario that does nothing.</summary>
internal static class NoOpPlans
{
    public static Plan Plan(int points, int replicates, double cost = 0, Model? model = null, Limits? limits = null)
    {
        model ??= new NoOpModel(new ScenarioDefinition("no-op", "Nothing.", [], new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []));
        var axis = new Axis("x", "1", [.. Enumerable.Range(0, points).Select(i => (double)i)], false);
        var spec = new SweepSpec(
            "nothing", "no-op", new Dictionary<string, double>(StringComparer.Ordinal) { ["y"] = points / 2.0, ["cost"] = cost }, [axis],
            replicates, 1, ["sum", "draw"], limits ?? Limits.Default, Keep.Simulations);
        string text = $"name: nothing\nscenario: no-op\npoints: {points}\nreplicates: {replicates}\ncost: {cost}\n";
        return new Plan(spec, model, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
