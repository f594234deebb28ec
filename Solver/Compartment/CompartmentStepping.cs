namespace CalciumSweep.Solver.Compartment;

/// <summary>How the steps of a cell are made.</summary>
internal enum CompartmentStepping
{
    /// <summary>Explicit until a simulation proves stiff, then implicit.</summary>
    Auto,

    /// <summary>The explicit pair of Dormand and Prince.</summary>
    Explicit,

    /// <summary>The linearly implicit Rodas5P.</summary>
    Implicit,
}
