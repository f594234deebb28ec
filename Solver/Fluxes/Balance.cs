namespace CalciumSweep.Solver.Fluxes;

/// <summary>How the one rate of a leak is set.</summary>
internal enum Balance
{
    /// <summary>It is a parameter.</summary>
    None,

    /// <summary>So that its flow's sum is zero at rest with the simulation's own parameters.</summary>
    Rest,

    /// <summary>So that its flow's sum is zero at rest with the scenario's default parameters: block runs keep the control's leak.</summary>
    Control,
}
