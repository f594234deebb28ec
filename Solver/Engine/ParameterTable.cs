namespace CalciumSweep.Solver.Engine;

/// <summary>Collects the parameters of a scenario's parts while it is composed.</summary>
/// <param name="scenario">The scenario, whose overrides are applied.</param>
internal sealed class ParameterTable(ScenarioDefinition scenario)
{
    private readonly List<ParameterInfo> _all = [];

    /// <summary>All parameters, with the scenario's overrides.</summary>
    /// <exception cref="CompositionException">An override names no parameter.</exception>
    public IReadOnlyList<ParameterInfo> Complete()
    {
        foreach (string name in scenario.Overrides.Keys)
        {
            if (_all.TrueForAll(p => p.Name != name))
            {
                throw new CompositionException($"{scenario.Name}: parameters.{name} is not a parameter of any part");
            }
        }

        return _all;
    }

    /// <summary>Index of a parameter that is there already, or −1.</summary>
    public int IndexOf(string name) => _all.FindIndex(p => p.Name == name);

    /// <summary>Adds a parameter and returns its index; a name that is there already is shared.</summary>
    public int Add(ParameterInfo parameter)
    {
        int at = _all.FindIndex(p => p.Name == parameter.Name);
        if (at >= 0)
        {
            return at;
        }

        if (scenario.Overrides.TryGetValue(parameter.Name, out ParameterOverride? o))
        {
            parameter = parameter with
            {
                Default = o.Default ?? parameter.Default,
                Min = o.Min ?? parameter.Min,
                Max = o.Max ?? parameter.Max,
                Meaning = o.Meaning ?? parameter.Meaning,
                Source = o.Source ?? parameter.Source,
            };
        }

        _all.Add(parameter);
        return _all.Count - 1;
    }
}
