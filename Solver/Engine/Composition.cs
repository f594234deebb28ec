namespace CalciumSweep.Solver.Engine;

/// <summary>Scenario → model: id → type → closed generic kernel. All reflection of the solver is here.</summary>
public static class Composition
{
    /// <summary>Composes a scenario.</summary>
    /// <exception cref="CompositionException">A part is unknown or does not fit; the message names it and the nearest known one.</exception>
    public static Model Compose(ScenarioDefinition scenario)
    {
        PartDefinition geometry = scenario.Parts.FirstOrDefault(p => p.Role == "geometry")
            ?? throw new CompositionException($"{scenario.Name}: a scenario needs a geometry");
        Model model = geometry.Use switch
        {
            "none" => new NoOpModel(scenario),
            "hazard" => new HazardModel(scenario),
            "cable" when scenario.Parts.All(p => p.Role != "sites") => new Fields.FieldModel(scenario),
            "cable" => new Cable.CableModel(scenario),
            "compartment" => new Compartment.CompartmentModel(scenario),
            "point-source" => new Radial.PointSourceModel(scenario),
            "cluster" => new Sites.BirthDeathModel(scenario),
            "sheet" or "box" => new Grid.GridModel(scenario),
            "infinite-line" => new Lattice.FireDiffuseFireModel(scenario),
            _ => throw new CompositionException($"{scenario.Name}: unknown geometry '{geometry.Use}'"),
        };
        model.MechanismNames =
        [
            .. scenario.Parts.Where(part => part.Role is "mechanism" or "sites").Select(part => part.Use)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return model;
    }
}
