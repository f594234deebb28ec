using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>Reads the mechanism parts of a scenario.</summary>
internal static class MechanismParts
{
    /// <summary>
    /// The mechanisms in file order. An option named like a pool binds that port to another pool; one named like a
    /// parameter gives that parameter another full name; <c>balance: rest</c> sets the one rate so that the flow is zero at
    /// rest (<c>balance: control</c>: with the scenario's default parameters); <c>times</c> names a parameter that multiplies its flows;
    /// <c>on</c> names a switch: at 0 the mechanism is not there (no flows, still gates), at 1 it is; <c>on.RATE</c> switches one rate.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="table">Takes the parameters.</param>
    /// <param name="pools">Names of the pools, in plane order.</param>
    /// <exception cref="CompositionException">Unknown mechanism or pool.</exception>
    public static IReadOnlyList<MechanismInstance> Read(
        ScenarioDefinition scenario, ParameterTable table, IReadOnlyList<string> pools)
    {
        var all = new List<MechanismInstance>();
        int gates = 0;
        foreach (PartDefinition part in scenario.Parts.Where(p => p.Role == "mechanism"))
        {
            MechanismInstance next = Read(scenario, table, pools, part) with
            {
                FirstGate = gates,
                FirstGatePlane = pools.Count + gates,
            };
            gates += next.Info.Gates.Count;
            all.Add(next);
        }

        return all;
    }

    private static MechanismInstance Read(
        ScenarioDefinition scenario, ParameterTable table, IReadOnlyList<string> pools, PartDefinition part)
    {
        var (info, open) = MechanismCatalog.Of(part.Use) ?? throw new CompositionException(
            $"{scenario.Name}: mechanisms.{part.Name}: unknown mechanism '{part.Use}'; there are "
            + string.Join(", ", MechanismCatalog.All.Select(m => m.Id)));
        int[] planes = [.. info.Pools.Select(port => Plane(scenario, pools, part, port))];
        Balance balance = BalanceOf(scenario, part);
        if (balance != Balance.None && part.Options.ContainsKey("times"))
        {
            throw new CompositionException($"{scenario.Name}: mechanisms.{part.Name}: a flow that balances others is not multiplied; leave 'times' away");
        }

        int[] rates =
        [
            .. info.Parameters.Select(rate => balance != Balance.None ? -1 : table.Add(new ParameterInfo(
                part.Options.GetValueOrDefault(rate.Name, $"{part.Name}.{rate.Name}"),
                rate.Unit, rate.Default, rate.Min, rate.Max, rate.Meaning, info.Source))),
        ];
        int block = !info.CanBeBlocked ? -1 : table.Add(new ParameterInfo(
            $"{part.Name}.block", "1", 0, 0, 1, $"share of {part.Name} blocked: 0 none, 1 all", "no block"));
        return new MechanismInstance(part.Name, info, open, planes, rates, block)
        {
            Balance = balance,
            Factor = part.Options.TryGetValue("times", out string? factor) ? FactorOf(scenario, table, part, factor) : -1,
            Switch = SwitchOf(table, part, "on"),
            RateSwitch = [.. info.Parameters.Select(rate => SwitchOf(table, part, $"on.{rate.Name}"))],
        };
    }

    private static int SwitchOf(ParameterTable table, PartDefinition part, string option) =>
        !part.Options.TryGetValue(option, out string? name) ? -1 : table.Add(new ParameterInfo(
            name, "1", 1, 0, 1, $"1: {(name.EndsWith(".on", StringComparison.Ordinal) ? name[..^3] : name)} is there; 0: it is not", "all is there", IsInteger: true));

    private static Balance BalanceOf(ScenarioDefinition scenario, PartDefinition part) =>
        part.Options.GetValueOrDefault("balance") switch
        {
            null => Balance.None,
            "rest" => Balance.Rest,
            "control" => Balance.Control,
            string other => throw new CompositionException(
                $"{scenario.Name}: mechanisms.{part.Name}: unknown balance '{other}'; there are rest, control"),
        };

    private static int FactorOf(ScenarioDefinition scenario, ParameterTable table, PartDefinition part, string name)
    {
        int index = table.IndexOf(name);
        return index >= 0 ? index : throw new CompositionException(
            $"{scenario.Name}: mechanisms.{part.Name}: times: there is no parameter '{name}' of a pool");
    }

    private static int Plane(ScenarioDefinition scenario, IReadOnlyList<string> pools, PartDefinition part, string port)
    {
        string pool = part.Options.GetValueOrDefault(port, port);
        int plane = pools.ToList().IndexOf(pool);
        return plane >= 0 ? plane : throw new CompositionException(
            $"{scenario.Name}: mechanisms.{part.Name}: there is no pool '{pool}'; bind '{port}' to one of {string.Join(", ", pools)}");
    }
}
