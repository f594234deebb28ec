using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Medium;

namespace CalciumSweep.Solver.Protocols;

/// <summary>
/// What an experimenter does to a clamped pool over time. Smooth between corners: steps of an integrator end at corners,
/// so that none ever straddles a jump.
/// </summary>
internal abstract class Protocol
{
    private const string Chosen = "chosen";
    private readonly PartDefinition _part;
    private readonly ParameterTable _table;

    /// <summary>Finds the pool.</summary>
    /// <exception cref="CompositionException">There is no such pool, or it is not clamped.</exception>
    protected Protocol(ScenarioDefinition scenario, ParameterTable table, MediumParts medium, PartDefinition part)
    {
        (_part, _table) = (part, table);
        string? name = part.Options.GetValueOrDefault("pool");
        Pool = medium.PoolNames.ToList().IndexOf(name ?? "");
        if (Pool < 0 || !medium.Pools[Pool].IsClamped)
        {
            throw new CompositionException(
                $"{scenario.Name}: stimulus {part.Use}: 'pool' must name a clamped pool; there are "
                + string.Join(", ", medium.Pools.Where(p => p.IsClamped).Select(p => p.Name)));
        }

        Unit = medium.Pools[Pool].Unit;
        Base = medium.Pools[Pool].Rest;
    }

    /// <summary>Plane of the pool that is driven.</summary>
    public int Pool { get; }

    /// <summary>Index of the pool's value while nothing is done to it.</summary>
    protected int Base { get; }

    /// <summary>Unit of the pool.</summary>
    protected string Unit { get; }

    /// <summary>Value of the pool.</summary>
    /// <param name="v">The simulation's parameters.</param>
    /// <param name="t">Time, s.</param>
    /// <param name="within">A time inside the piece between corners that <paramref name="t"/> is seen from: at a corner, from its left or its right.</param>
    public abstract double At(ReadOnlySpan<double> v, double t, double within);

    /// <summary>First corner after <paramref name="after"/>, s; infinite if there is none.</summary>
    public abstract double NextCorner(ReadOnlySpan<double> v, double after);

    /// <summary>What is wrong with these parameters together, or null.</summary>
    public virtual string? Check(ReadOnlySpan<double> v) => null;

    /// <summary>Declares a parameter of the protocol; an option of its name gives it another full name, a word is the name of its default.</summary>
    protected int Add(string name, string unit, double standard, double min, double max, string meaning, bool isInteger = false, string? word = null)
    {
        string prefix = _part.Name.Length > 0 ? _part.Name : _part.Role;
        var parameter = new ParameterInfo(
            _part.Options.GetValueOrDefault(name, $"{prefix}.{name}"), unit, standard, min, max, meaning, Chosen, isInteger);
        return _table.Add(word is null ? parameter : parameter with
        {
            Words = new Dictionary<string, double>(StringComparer.Ordinal) { [word] = standard },
        });
    }
}
