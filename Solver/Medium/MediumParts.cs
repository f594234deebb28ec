using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;

namespace CalciumSweep.Solver.Medium;

/// <summary>
/// What fills a geometry: pools, the buffers in them, and mechanisms between them with their gates. Knows nothing of
/// space or of stepping. Planes are numbered: pools in file order, then gates in the order of the mechanisms.
/// </summary>
internal sealed class MediumParts
{
    /// <summary>Reads the parts of a scenario and declares their parameters.</summary>
    /// <exception cref="CompositionException">A part is unknown or does not fit.</exception>
    public MediumParts(ScenarioDefinition scenario, ParameterTable table)
    {
        Pools = [.. scenario.Parts.Where(p => p.Role == "pool").Select(p => new Pool(scenario, table, p))];
        PoolNames = [.. Pools.Select(p => p.Name)];
        Buffers = [.. scenario.Parts.Where(p => p.Role == "buffer").Select(p => new Buffer(scenario, table, p, PoolNames))];
        Mechanisms = MechanismParts.Read(scenario, table, PoolNames);
        Gates = [.. Mechanisms.SelectMany(m => m.Info.Gates.Select(g => $"{m.Name}.{g.Name}"))];
    }

    /// <summary>The pools.</summary>
    public IReadOnlyList<Pool> Pools { get; }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> PoolNames { get; }

    /// <summary>The buffers.</summary>
    public IReadOnlyList<Buffer> Buffers { get; }

    /// <summary>The mechanisms.</summary>
    public IReadOnlyList<MechanismInstance> Mechanisms { get; }

    /// <summary>Full names of the gates, e.g. <c>ip3r.h</c>.</summary>
    public IReadOnlyList<string> Gates { get; }

    /// <summary>Number of a pool.</summary>
    /// <exception cref="CompositionException">The scenario has no such pool.</exception>
    public int Pool(ScenarioDefinition scenario, string name)
    {
        int pool = PoolNames.ToList().IndexOf(name);
        return pool >= 0 ? pool : throw new CompositionException($"{scenario.Name}: geometry {scenario.Parts.First(p => p.Role == "geometry").Use} needs a pool '{name}'");
    }

    /// <summary>For geometries that know saturable buffers only.</summary>
    /// <exception cref="CompositionException">A buffer is linear.</exception>
    public void RefuseLinear(ScenarioDefinition scenario)
    {
        if (Buffers.FirstOrDefault(b => b.Capacity >= 0) is { } linear)
        {
            throw new CompositionException($"{scenario.Name}: buffers.{linear.Name}: linear buffers are for a cable; use rapid with total and k");
        }
    }

    /// <summary>Concentration of every pool at rest, µM [pools].</summary>
    public double[] Rest(ReadOnlySpan<double> v)
    {
        var rest = new double[Pools.Count];
        for (int p = 0; p < rest.Length; p++)
        {
            rest[p] = v[Pools[p].Rest];
        }

        return rest;
    }
}
