using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Medium;

/// <summary>
/// A calcium buffer: <c>stationary</c> or <c>mobile</c> (kinetic: bound calcium is a field), or <c>rapid</c> (in equilibrium
/// at every moment; kept in conservative form, Wagner and Keizer 1994, Biophys J 67:447), or <c>linear</c> (rapid and far from
/// saturation: bound is <c>capacity</c> × free). A mobile buffer diffuses alike whether bound or free, so that its total
/// stays uniform. <c>indicator: true</c> marks a dye, which also yields ΔF/F0.
/// </summary>
internal sealed class Buffer
{
    private const string Chosen = "chosen";

    /// <summary>Declares the buffer's parameters.</summary>
    /// <exception cref="CompositionException">The buffer is of no known kind, or its pool is not there.</exception>
    public Buffer(ScenarioDefinition scenario, ParameterTable table, PartDefinition part, IReadOnlyList<string> pools)
    {
        Name = part.Name;
        if (part.Use is not ("stationary" or "mobile" or "rapid" or "linear"))
        {
            throw new CompositionException($"{scenario.Name}: buffers.{Name}: unknown kind '{part.Use}'; there are stationary, mobile, rapid, linear");
        }

        string pool = part.Options.GetValueOrDefault("pool", "cytosol");
        Pool = pools.ToList().IndexOf(pool);
        if (Pool < 0)
        {
            throw new CompositionException($"{scenario.Name}: buffers.{Name}: there is no pool '{pool}'; there are {string.Join(", ", pools)}");
        }

        IsRapid = part.Use is "rapid" or "linear";
        IsIndicator = part.Options.GetValueOrDefault("indicator") == "true";
        if (part.Use == "mobile" || part.Options.ContainsKey("diffusion"))
        {
            Diffusion = table.Add(new(Full(part, "diffusion"), "µm²/s", 90, 0, 1000, $"{Name}: diffusion, bound and free alike", Chosen));
        }

        if (part.Use == "linear")
        {
            Capacity = table.Add(new(Full(part, "capacity"), "1", 0, 0, 1e4, $"{Name}: bound over free calcium", Chosen));
            return;
        }

        Total = table.Add(new(Full(part, "total"), "µM", 50, 0, 20000, $"{Name}: total", Chosen));
        if (!IsRapid)
        {
            On = table.Add(new(Full(part, "kon"), "1/(µM s)", 80, 0.1, 1000, $"{Name}: binding", Chosen));
        }

        if (IsRapid || part.Options.ContainsKey("k"))
        {
            K = table.Add(new(Full(part, "k"), "µM", 2, 1e-3, 1e5, $"{Name}: [Ca²⁺] of half-saturation (off over on rate)", Chosen));
        }
        else
        {
            Off = table.Add(new(Full(part, "koff"), "1/s", 90, 0.1, 1e5, $"{Name}: unbinding", Chosen));
        }
    }

    /// <summary>Name of the buffer.</summary>
    public string Name { get; }

    /// <summary>Number of the pool it binds calcium of.</summary>
    public int Pool { get; }

    /// <summary>True if it is in equilibrium at every moment: rapid or linear.</summary>
    public bool IsRapid { get; }

    /// <summary>True if it diffuses.</summary>
    public bool IsMobile => Diffusion >= 0;

    /// <summary>True if it is a dye.</summary>
    public bool IsIndicator { get; }

    /// <summary>Index of its total, µM; −1 if linear.</summary>
    public int Total { get; } = -1;

    /// <summary>Index of bound over free calcium; −1 unless linear.</summary>
    public int Capacity { get; } = -1;

    /// <summary>Index of its diffusion coefficient, µm²/s; −1 if stationary.</summary>
    public int Diffusion { get; } = -1;

    private int On { get; } = -1;

    private int Off { get; } = -1;

    private int K { get; } = -1;

    /// <summary>Binding rate, 1/(µM s); 0 if rapid.</summary>
    public double OnRate(ReadOnlySpan<double> v) => On < 0 ? 0 : v[On];

    /// <summary>Unbinding rate, 1/s; 0 if rapid.</summary>
    public double OffRate(ReadOnlySpan<double> v) => On < 0 ? 0 : Off >= 0 ? v[Off] : v[On] * v[K];

    /// <summary>[Ca²⁺] of half-saturation, µM; infinite if linear.</summary>
    public double HalfSaturation(ReadOnlySpan<double> v) => Capacity >= 0 ? double.PositiveInfinity : K >= 0 ? v[K] : v[Off] / v[On];

    /// <summary>Calcium bound in equilibrium with <paramref name="c"/> µM, µM.</summary>
    public double Bound(ReadOnlySpan<double> v, double c) =>
        Capacity >= 0 ? v[Capacity] * c : v[Total] * c / (HalfSaturation(v) + c);

    private static string Full(PartDefinition part, string name) =>
        part.Options.GetValueOrDefault(name, $"{part.Name}.{name}");
}
