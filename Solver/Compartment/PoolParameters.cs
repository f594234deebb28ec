using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment;

/// <summary>A pool of a compartment: <c>mixed</c>, or <c>clamped</c> to a concentration.</summary>
internal sealed class PoolParameters
{
    /// <summary>Declares the pool's parameters.</summary>
    /// <exception cref="CompositionException">The pool is of no known kind.</exception>
    public PoolParameters(ScenarioDefinition scenario, ParameterTable table, PartDefinition part)
    {
        Name = part.Name;
        IsClamped = part.Use == "clamped";
        if (IsClamped)
        {
            Rest = table.Add(new($"{Name}.calcium", "µM", 2000, 0, 20000, $"free calcium of {Name}, held", "Clapham 2007, Cell 131:1047 (1–2 mM)"));
            return;
        }

        if (part.Use != "mixed")
        {
            throw new CompositionException($"{scenario.Name}: pools.{Name}: unknown kind '{part.Use}'; there are mixed, clamped");
        }

        bool isCytosol = Name == "cytosol";
        Rest = table.Add(new($"{Name}.rest", "µM", isCytosol ? 0.1 : 500, 1e-3, 5000, $"free calcium of {Name} at the start", "Clapham 2007, Cell 131:1047"));
        Free = table.Add(new($"{Name}.free", "1", isCytosol ? 0.02 : 0.05, 1e-4, 1, $"free over total calcium of {Name} (instantaneous buffers)", "chosen with the rest cell"));
        Volume = isCytosol ? -1 : table.Add(new($"{Name}.volume", "1", 1 / 5.5, 1e-3, 10, $"volume of {Name} over the cytosol's", "Li and Rinzel 1994, J Theor Biol 166:461"));
    }

    /// <summary>Name of the pool.</summary>
    public string Name { get; }

    /// <summary>True if its concentration is held.</summary>
    public bool IsClamped { get; }

    /// <summary>Index of its concentration at the start.</summary>
    public int Rest { get; }

    /// <summary>Index of its free share; unused if clamped.</summary>
    public int Free { get; }

    /// <summary>Index of its volume over the cytosol's; −1 for the cytosol.</summary>
    public int Volume { get; } = -1;
}
