using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Medium;

/// <summary>
/// A pool of free calcium or of another messenger: <c>mixed</c> (a compartment), <c>diffusing</c> (a field), or
/// <c>clamped</c> to a concentration. An option named like one of its parameters gives that parameter another full name.
/// </summary>
internal sealed class Pool
{
    private const string Calcium = "calcium";

    /// <summary>Declares the pool's parameters.</summary>
    /// <exception cref="CompositionException">The pool is of no known kind.</exception>
    public Pool(ScenarioDefinition scenario, ParameterTable table, PartDefinition part)
    {
        Name = part.Name;
        Substance = part.Options.GetValueOrDefault("substance", Calcium);
        IsClamped = part.Use == "clamped";
        IsDiffusing = part.Use == "diffusing";
        Settles = part.Options.GetValueOrDefault("settle") == "true";
        string what = IsCalcium ? "free calcium" : Substance, called = IsCalcium ? Calcium : "concentration";
        if (IsClamped)
        {
            Rest = table.Add(new(
                Full(part, called), Unit, IsCalcium ? 2000 : 0, Lowest, 20000, $"{what} of {Name}, held",
                IsCalcium ? "Clapham 2007, Cell 131:1047 (1–2 mM)" : "chosen"));
            return;
        }

        if (part.Use is not ("mixed" or "diffusing"))
        {
            throw new CompositionException($"{scenario.Name}: pools.{Name}: unknown kind '{part.Use}'; there are mixed, diffusing, clamped");
        }

        bool isCytosol = Name == "cytosol";
        Rest = table.Add(new(
            Full(part, "rest"), Unit, isCytosol ? 0.1 : IsCalcium ? 500 : 0, IsCalcium ? 1e-3 : Lowest, 5000,
            $"{what} of {Name} at the start", IsCalcium ? "Clapham 2007, Cell 131:1047" : "chosen"));
        if (IsDiffusing)
        {
            Diffusion = table.Add(new(Full(part, "diffusion"), "µm²/s", isCytosol ? 220 : 30, 0, 1000, $"diffusion of {what} in {Name}", "Allbritton, Meyer and Stryer 1992, Science 258:1812"));
        }

        if (IsCalcium && (!IsDiffusing || part.Options.ContainsKey("free")))
        {
            Free = table.Add(new(Full(part, "free"), "1", isCytosol ? 0.02 : 0.05, 1e-4, 1, $"free over total calcium of {Name} (instantaneous buffers)", "chosen with the rest cell"));
        }

        Volume = isCytosol || !IsCalcium
            ? -1
            : table.Add(new(Full(part, "volume"), "1", 1 / 5.5, 1e-3, 10, $"volume of {Name} over the cytosol's", "Li and Rinzel 1994, J Theor Biol 166:461"));
    }

    /// <summary>Name of the pool.</summary>
    public string Name { get; }

    /// <summary>What it holds: <c>calcium</c>, <c>IP3</c>, …</summary>
    public string Substance { get; }

    /// <summary>True if it holds calcium: it then counts in the total that is conserved.</summary>
    public bool IsCalcium => Substance == Calcium;

    /// <summary>Unit of its amount.</summary>
    public string Unit => Substance switch { "voltage" => "mV", "current" => "µA/cm²", "share" => "1", "flux" or "exchange" => "µM/s", _ => "µM" };

    /// <summary>True if it may be negative: it is no concentration.</summary>
    public bool IsSigned => Substance is "voltage" or "current" or "exchange";

    /// <summary>True if it starts where its own flows balance while the pools before it are at rest, not at a given concentration.</summary>
    public bool Settles { get; }

    /// <summary>True if its concentration is held.</summary>
    public bool IsClamped { get; }

    /// <summary>True if it is a field.</summary>
    public bool IsDiffusing { get; }

    /// <summary>Index of its concentration at the start, µM.</summary>
    public int Rest { get; }

    /// <summary>Index of its diffusion coefficient, µm²/s; −1 if it does not diffuse.</summary>
    public int Diffusion { get; } = -1;

    /// <summary>Index of its free share; −1 if all is free.</summary>
    public int Free { get; } = -1;

    /// <summary>Index of its volume over the cytosol's; −1 for 1.</summary>
    public int Volume { get; } = -1;

    /// <summary>Free over total with these parameters; 0 if clamped, so that no flow changes it.</summary>
    public double FreeShare(ReadOnlySpan<double> v) => IsClamped ? 0 : Free < 0 ? 1 : v[Free];

    /// <summary>Volume over the cytosol's with these parameters.</summary>
    public double VolumeRatio(ReadOnlySpan<double> v) => Volume < 0 ? 1 : v[Volume];

    private double Lowest => IsSigned ? -1000 : 0;

    private static string Full(PartDefinition part, string name) =>
        part.Options.GetValueOrDefault(name, $"{part.Name}.{name}");
}
